import { FormSelect, FormSelectOption, ToolbarItem } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

interface FilterSelectProps {
  id: string;
  label: string;
  value: string;
  options: readonly { value: string; text: string }[];
  /** What the empty choice is called; without it, all. */
  none?: string;
  onChange: (value: string) => void;
}

/** One filter of a list; empty means all. */
export function FilterSelect({ id, label, value, options, none, onChange }: FilterSelectProps) {
  const { t } = useTranslation();
  return (
    <ToolbarItem>
      <label className="sk-filter" htmlFor={id}>
        <span>{label}</span>
        <FormSelect id={id} value={value} onChange={(_event, chosen) => onChange(chosen)} aria-label={label}>
          <FormSelectOption value="" label={none ?? t('common.all')} />
          {options.map((option) => (
            <FormSelectOption key={option.value} value={option.value} label={option.text} />
          ))}
        </FormSelect>
      </label>
    </ToolbarItem>
  );
}
