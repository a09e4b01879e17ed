import { Button, Title } from '@patternfly/react-core';
import { PlusCircleIcon } from '@patternfly/react-icons';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Plain } from '../book/render';
import { useDesk } from './desk';
import { ruleButton, RuleItem, type RuleAct } from './RuleItem';

const RULES = ['rules'];

interface RuleListProps {
  /** Which rule is open, if any. */
  open: number | undefined;
  onOpen: (index: number | undefined) => void;
  onSaid: (text: string) => void;
}

/** The rules in their order; the first that matches decides. */
export function RuleList({ open, onOpen, onSaid }: RuleListProps) {
  const { t } = useTranslation();
  const { book, edit } = useDesk();
  const size = book.size(RULES);
  const focusNext = useRef<[number, RuleAct | 'open'] | null>(null);

  useEffect(() => {
    if (focusNext.current !== null) {
      const [index, act] = focusNext.current;
      focusNext.current = null;
      const wanted = document.getElementById(ruleButton(index, act));
      const isUsable = wanted instanceof HTMLButtonElement && !wanted.disabled;
      (isUsable ? wanted : document.getElementById(ruleButton(index, 'open')))?.focus();
    }
  });

  const add = (index: number) => {
    focusNext.current = [index, 'open'];
    edit(book.insert(RULES, index, { id: book.freeId('new-rule'), channel: new Plain('media'), verdict: new Plain('block') }));
    onOpen(index);
    onSaid(t('policyForm.added', { number: index + 1 }));
  };

  const move = (from: number, to: number, act: RuleAct) => {
    const isByKeys = document.activeElement?.id === ruleButton(from, 'open');
    focusNext.current = [to, isByKeys ? 'open' : act];
    edit(book.moved(RULES, from, to));
    onOpen(open === from ? to : open === to ? from : open);
    onSaid(t('policyForm.moved', { rule: book.scalar(['rules', from, 'id']) ?? '', number: to + 1, total: size }));
  };

  const act = (index: number, what: RuleAct) => {
    const rule = book.scalar(['rules', index, 'id']) ?? '';
    switch (what) {
      case 'up':
        move(index, index - 1, what);
        break;
      case 'down':
        move(index, index + 1, what);
        break;
      case 'below':
        add(index + 1);
        break;
      case 'copy':
        focusNext.current = [index + 1, 'open'];
        edit(book.copied(index));
        onOpen(index + 1);
        onSaid(t('policyForm.copied', { rule }));
        break;
      case 'delete':
        focusNext.current = [Math.max(0, Math.min(index, size - 2)), 'open'];
        edit(book.without(RULES, index));
        onOpen(undefined);
        onSaid(t('policyForm.deleted', { rule }));
        break;
    }
  };

  return (
    <section className="sk-stack" aria-labelledby="rules-heading">
      <Title headingLevel="h2" size="lg" id="rules-heading">
        {t('policyForm.rules', { count: size })}
      </Title>
      <p className="sk-subtle">{t('policyForm.rulesLead')}</p>
      <ol className="sk-rules">
        {Array.from({ length: size }, (_rule, index) => (
          <RuleItem
            key={index}
            index={index}
            isLast={index === size - 1}
            isOpen={open === index}
            onOpen={(isOpen) => onOpen(isOpen ? index : undefined)}
            onAct={(what) => act(index, what)}
          />
        ))}
      </ol>
      <div>
        <Button variant="secondary" icon={<PlusCircleIcon />} onClick={() => add(size)}>
          {t('policyForm.add')}
        </Button>
      </div>
    </section>
  );
}
