import { ExpandableSection, Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../api/model';
import { explanationQuery } from '../../api/queries';
import { VerdictLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWord } from '../../ui/words';

const COLOURS = { DECIDED: 'green', TOO_LATE: 'blue', NO_MATCH: 'grey', OTHER_CHANNEL: 'grey', DISABLED: 'grey' } as const;

/** Why an attempt was decided so, by the rules in order; asked for when somebody wants to know. */
export function ExplanationPanel({ terminal, seq }: { terminal: string; seq: number }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <ExpandableSection toggleText={t('explanation.toggle')} isExpanded={isOpen} onToggle={(_event, open) => setOpen(open)}>
      {isOpen && <Fetched terminal={terminal} seq={seq} />}
    </ExpandableSection>
  );
}

function Fetched({ terminal, seq }: { terminal: string; seq: number }) {
  const query = useQuery(explanationQuery(terminal, seq));
  if (query.isPending) {
    return <Loading />;
  }
  return query.data === undefined ? (
    <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  ) : (
    <Reasons explanation={query.data} />
  );
}

function Reasons({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation();
  const word = useWord();
  const { revision, rule, rules } = explanation;
  if (revision === 0) {
    return <p>{t('explanation.noPolicy')}</p>;
  }
  const shown = rules.filter((one) => one.standing !== 'OTHER_CHANNEL');
  const decided = typeof rule === 'string' && rule !== '';
  return (
    <div className="sk-stack">
      <p>{decided ? t('explanation.byRule', { revision, rule }) : t('explanation.byDefault', { revision })}</p>
      {explanation.lifting !== 'NOT_NEEDED' && (
        <p>{t(`explanation.lifting.${explanation.lifting}`, { verdict: word('verdict', explanation.alone), permit: explanation.permit })}</p>
      )}
      {!explanation.same && (
        <Notice variant="info" isPlain title={t('explanation.other', { verdict: word('verdict', explanation.verdict) })} />
      )}
      <ol className="sk-findings" aria-label={t('explanation.rules')}>
        {shown.map((one) => (
          <li key={one.rule}>
            <Label isCompact color={COLOURS[one.standing]}>
              {t(`explanation.standing.${one.standing}`)}
            </Label>
            <span className="sk-mono">{one.rule}</span>
            <VerdictLabel verdict={one.verdict} />
            <span className="sk-subtle sk-summary-text">
              {[one.description, typeof one.condition === 'string' ? t('explanation.condition', { condition: one.condition }) : null]
                .filter((text) => typeof text === 'string' && text !== '')
                .join(' ')}
            </span>
          </li>
        ))}
      </ol>
      {shown.length < rules.length && (
        <p className="sk-subtle">{t('explanation.others', { count: rules.length - shown.length })}</p>
      )}
    </div>
  );
}
