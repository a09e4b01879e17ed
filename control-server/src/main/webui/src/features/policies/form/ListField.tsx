import { FormSelect, FormSelectOption, TextArea } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ListFieldProps {
  id: string;
  label: string;
  items: readonly string[];
  suggestions: readonly string[];
  describedBy: string;
  isWrong: boolean;
  onChange: (items: string[]) => void;
}

const itemsOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A list of names, one a line; those that are known can be chosen. */
export function ListField({ id, label, items, suggestions, describedBy, isWrong, onChange }: ListFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(items.join('\n'));
  // Blank lines are the writer's own until the list is changed from elsewhere.
  const isMine = itemsOf(typed).join('\n') === items.join('\n');
  const left = suggestions.filter((one) => !items.includes(one));
  return (
    <>
      <TextArea
        id={id}
        aria-describedby={describedBy}
        validated={isWrong ? 'error' : 'default'}
        rows={Math.min(10, items.length + 1)}
        resizeOrientation="vertical"
        value={isMine ? typed : items.join('\n')}
        onChange={(_event, text) => {
          setTyped(text);
          onChange(itemsOf(text));
        }}
      />
      {left.length > 0 && (
        <FormSelect
          aria-label={t('policyForm.choose', { field: label })}
          value=""
          onChange={(_event, chosen) => onChange([...items, chosen])}
        >
          <FormSelectOption value="" label={t('policyForm.chooseOne')} isPlaceholder />
          {left.map((one) => (
            <FormSelectOption key={one} value={one} label={one} />
          ))}
        </FormSelect>
      )}
    </>
  );
}
