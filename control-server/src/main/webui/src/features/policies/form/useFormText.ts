import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useWord } from '../../../ui/words';
import type { Message } from '../book/contract';

/** Words that the whole console has. */
const FAMILIES: Record<string, 'channel' | 'verdict' | 'severity' | 'label' | 'grade'> = {
  channel: 'channel',
  verdict: 'verdict',
  severity: 'severity',
  label: 'label',
  'min-grade': 'grade',
};

/** What fields and their words are called. */
export function useFormText() {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const find = useCallback(
    (key: string) => (i18n.exists(`policyForm.${key}`) ? (t as (key: string) => string)(`policyForm.${key}`) : undefined),
    [t, i18n],
  );
  return {
    label: (message: Message, key: string) => find(`field.${message}.${key}`) ?? key,
    hint: (message: Message, key: string) => find(`hint.${message}.${key}`),
    word: (key: string, name: string) => {
      const family = FAMILIES[key];
      if (family !== undefined) {
        return word(family, family === 'label' || family === 'grade' ? name : name.toUpperCase().replaceAll('-', '_'));
      }
      return find(`word.${key}.${name}`) ?? name;
    },
  };
}
