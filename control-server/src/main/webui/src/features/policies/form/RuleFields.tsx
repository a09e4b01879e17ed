import { ExpandableSection } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNEL_WORDS, fieldsOf } from '../book/contract';
import type { Path } from '../book/source';
import { isUnder, ownFindings, useDesk } from './desk';
import { FieldFindings } from './FieldFindings';
import { MessageFields } from './MessageFields';

const KEYS = fieldsOf('Rule').map((field) => field.key);

/** Everything that a rule says: what it is, whom and what it is about, and what it decides. */
export function RuleFields({ path }: { path: Path }) {
  const { t } = useTranslation();
  const { book, findings } = useDesk();
  const channel = book.scalar([...path, 'channel']);
  const subjects = CHANNEL_WORDS.filter((word) => word === channel || book.has([...path, word]));
  const mayCopy = channel === 'media' || book.has([...path, 'shadow-copy']);
  return (
    <div className="sk-stack sk-indented">
      <FieldFindings findings={ownFindings(findings, path, KEYS)} />
      <MessageFields message="Rule" path={path} only={['id', 'description', 'disabled', 'channel']} />
      <Part title={t('policyForm.who')} path={path} keys={['who']} />
      <Part title={t('policyForm.when')} path={path} keys={['when', 'login']} />
      <Part title={t('policyForm.content')} path={path} keys={['content']} />
      {subjects.map((subject) => (
        <MessageFields key={subject} message="Rule" path={path} only={[subject]} />
      ))}
      <MessageFields message="Rule" path={path} only={['verdict', 'severity', 'notice', 'permit-may-lift', ...(mayCopy ? ['shadow-copy'] : [])]} />
    </div>
  );
}

/** A condition that most rules don't have: folded until it has something to say. */
function Part({ title, path, keys }: { title: string; path: Path; keys: readonly string[] }) {
  const id = useId();
  const { book, findings } = useDesk();
  const isSet = keys.some((key) => book.has([...path, key]) || findings.some((finding) => isUnder(finding, [...path, key])));
  const [chosen, setChosen] = useState<boolean>();
  const isExpanded = chosen ?? isSet;
  return (
    <ExpandableSection
      toggleText={title}
      toggleId={`${id}-toggle`}
      contentId={`${id}-content`}
      isExpanded={isExpanded}
      onToggle={(_event, expanded) => setChosen(expanded)}
      isIndented
    >
      {isExpanded && (
        <div className="sk-stack">
          <MessageFields message="Rule" path={path} only={keys} />
        </div>
      )}
    </ExpandableSection>
  );
}
