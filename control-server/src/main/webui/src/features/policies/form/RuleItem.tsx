import { Button, Label } from '@patternfly/react-core';
import { AngleDownIcon, AngleRightIcon, ArrowDownIcon, ArrowUpIcon, CopyIcon, PlusCircleIcon, TrashIcon } from '@patternfly/react-icons';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { SEVERITIES, type Finding } from '../../../api/model';
import { SeverityLabel, VerdictLabel } from '../../../ui/labels';
import { count } from '../findings';
import { indexIn, useDesk } from './desk';
import { RuleFields } from './RuleFields';
import { useFormText } from './useFormText';

export type RuleAct = 'up' | 'down' | 'below' | 'copy' | 'delete';

/** The id of what acts on a rule; `open` is its heading. */
export function ruleButton(index: number, act: RuleAct | 'open'): string {
  return `rule-${index}-${act}`;
}

const ACTS = [
  { act: 'up', icon: <ArrowUpIcon /> },
  { act: 'down', icon: <ArrowDownIcon /> },
  { act: 'below', icon: <PlusCircleIcon /> },
  { act: 'copy', icon: <CopyIcon /> },
  { act: 'delete', icon: <TrashIcon /> },
] as const;

interface RuleItemProps {
  index: number;
  isLast: boolean;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onAct: (act: RuleAct) => void;
}

/** A rule in one line, and open all of it. Alt with an arrow moves it from its heading. */
export function RuleItem({ index, isLast, isOpen, onOpen, onAct }: RuleItemProps) {
  const { t } = useTranslation();
  const text = useFormText();
  const { book, findings } = useDesk();
  const path = ['rules', index];
  const id = book.scalar([...path, 'id']) ?? '';
  const channel = book.scalar([...path, 'channel']);
  const verdict = book.scalar([...path, 'verdict']);
  const cannot: Partial<Record<RuleAct, boolean>> = { up: index === 0, down: isLast };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : undefined;
    if (event.altKey && act !== undefined) {
      event.preventDefault();
      if (cannot[act] !== true) {
        onAct(act);
      }
    }
  };
  return (
    <li className="sk-rule">
      <div className="sk-rule-line">
        <Button
          id={ruleButton(index, 'open')}
          variant="link"
          isInline
          className="sk-rule-name"
          icon={isOpen ? <AngleDownIcon /> : <AngleRightIcon />}
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={() => onOpen(!isOpen)}
          onKeyDown={onKeyDown}
        >
          {index + 1}. {book.scalar([...path, 'description'])?.trim() || id}
        </Button>
        <span className="sk-tags">
          {channel !== undefined && <Label isCompact>{text.word('channel', channel)}</Label>}
          <VerdictLabel verdict={wire(verdict)} />
          <SeverityTag severity={wire(book.scalar([...path, 'severity']))} />
          {book.scalar([...path, 'disabled']) === 'true' && <Label isCompact color="grey">{t('policyForm.disabled')}</Label>}
          <Counts findings={findings.filter((finding) => indexIn('rules', finding) === index)} />
        </span>
        <span className="sk-rule-acts">
          {ACTS.map(({ act, icon }) => (
            <Button
              key={act}
              id={ruleButton(index, act)}
              variant="plain"
              size="sm"
              icon={icon}
              isDisabled={cannot[act] === true}
              aria-label={t(`policyForm.act.${act}`, { rule: id })}
              title={t(`policyForm.act.${act}`, { rule: id })}
              onClick={() => onAct(act)}
            />
          ))}
        </span>
      </div>
      {isOpen && <RuleFields path={path} />}
    </li>
  );
}

function SeverityTag({ severity }: { severity: string | undefined }) {
  const known = SEVERITIES.find((one) => one === severity);
  return known === undefined ? null : <SeverityLabel severity={known} />;
}

/** As the wire has a word of the document. */
function wire(word: string | undefined): string | undefined {
  return word?.toUpperCase().replaceAll('-', '_');
}

function Counts({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const errors = count(findings, 'ERROR');
  const warnings = count(findings, 'WARNING');
  return (
    <>
      {errors > 0 && <Label isCompact color="red">{t('policies.errors', { count: errors })}</Label>}
      {warnings > 0 && <Label isCompact color="orange">{t('policies.warnings', { count: warnings })}</Label>}
    </>
  );
}
