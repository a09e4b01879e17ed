import { Button, Form, Title } from '@patternfly/react-core';
import { RedoIcon, UndoIcon } from '@patternfly/react-icons';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../api/model';
import { Notice } from '../../../ui/Notice';
import { RuleBook } from '../book/RuleBook';
import { Defaults } from './Defaults';
import { DeskContext, fieldId, indexIn } from './desk';
import { DeviceGroups } from './DeviceGroups';
import { MessageFields } from './MessageFields';
import { ruleButton } from './RuleItem';
import { RuleList } from './RuleList';
import { ShadowCopies } from './ShadowCopies';

interface BookFormProps {
  yaml: string;
  findings: readonly Finding[];
  /** The finding that was asked for; a new object each time. */
  goTo: { finding: Finding } | undefined;
  history: { canUndo: boolean; canRedo: boolean; undo: () => void; redo: () => void };
  onEdit: (yaml: string) => void;
  /** Shows the text at a line: what the form can't show is mended there. */
  onText: (line: number) => void;
}

/** The rule book as a person reads it. It holds no text of its own: each change is written into the one document. */
export function BookForm({ yaml, findings, goTo, history, onEdit, onText }: BookFormProps) {
  const { t } = useTranslation();
  const read = useMemo(() => RuleBook.read(yaml), [yaml]);
  const [rule, setRule] = useState<number>();
  const [part, setPart] = useState<string>();
  const [said, setSaid] = useState('');
  const [shown, setShown] = useState<typeof goTo>();
  const asked = goTo?.finding;

  if (goTo !== shown) {
    setShown(goTo);
    if (asked !== undefined) {
      setRule(indexIn('rules', asked) ?? rule);
      setPart(/^(?:defaults|device-groups)\[\d+\]/.exec(asked.path ?? '')?.[0] ?? part);
    }
  }

  useEffect(() => {
    if (asked !== undefined) {
      focusOn(asked);
    }
  }, [asked, shown]);

  const desk = useMemo(() => (read instanceof RuleBook ? { book: read, findings, edit: onEdit } : null), [read, findings, onEdit]);

  const tools = (
    <div className="sk-tags">
      <Button variant="secondary" size="sm" icon={<UndoIcon />} isDisabled={!history.canUndo} onClick={history.undo}>
        {t('policyForm.undo')}
      </Button>
      <Button variant="secondary" size="sm" icon={<RedoIcon />} isDisabled={!history.canRedo} onClick={history.redo}>
        {t('policyForm.redo')}
      </Button>
      <span role="status" className="sk-subtle sk-said">
        {said}
      </span>
    </div>
  );
  if (desk === null || !(read instanceof RuleBook)) {
    const line = read instanceof RuleBook ? 1 : read.line;
    return (
      <>
      {tools}
      <Notice
        variant="warning"
        title={t('policyForm.unreadable', { line })}
        actionLinks={<Button variant="link" isInline onClick={() => onText(line)}>{t('policyForm.mend')}</Button>}
      >
        {read instanceof RuleBook ? null : t(`policyForm.why.${read.why}`)}
      </Notice>
      </>
    );
  }
  return (
    <DeskContext value={desk}>
      <Form className="sk-book" onSubmit={(event) => event.preventDefault()}>
        {tools}
        <section className="sk-stack" aria-labelledby="general-heading">
          <Title headingLevel="h2" size="lg" id="general-heading">
            {t('policyForm.general')}
          </Title>
          <MessageFields message="Policy" path={[]} only={['name', 'description', 'audit-only']} />
        </section>
        <RuleList open={rule} onOpen={setRule} onSaid={setSaid} />
        <Defaults open={part} onOpen={setPart} />
        <DeviceGroups open={part} onOpen={setPart} />
        <ShadowCopies />
      </Form>
    </DeskContext>
  );
}

/** Brings the field that a finding is about to the eye and the keyboard, or what is nearest around it. */
function focusOn(finding: Finding) {
  const parts = (finding.path ?? '').split(/[.[\]]+/).filter((one) => one !== '').map((one) => (/^\d+$/.test(one) ? Number(one) : one));
  for (let length = parts.length; length > 0; length -= 1) {
    const found = document.getElementById(fieldId(parts.slice(0, length)));
    if (found !== null) {
      const field = found.matches('input, textarea, select') ? found : (found.querySelector<HTMLElement>('input, textarea, select') ?? found);
      field.focus();
      return;
    }
  }
  const rule = indexIn('rules', finding);
  if (rule !== undefined) {
    document.getElementById(ruleButton(rule, 'open'))?.focus();
  }
}
