import { ExpandableSection, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { orgUnitsQuery } from '../../api/queries';
import { NUMBER_LABELS } from '../../ui/numberLabels';
import { useWord } from '../../ui/words';
import type { EventFilter } from './eventList';
import { fromLocal, toLocal } from './localTime';

const MORE = ['from', 'to', 'user', 'orgUnit', 'program', 'device', 'rule', 'label'] as const;

interface MoreFiltersProps {
  values: EventFilter;
  onChange: (name: (typeof MORE)[number], value: string) => void;
}

/** The filters that are needed less often; open where one of them is set. */
export function MoreFilters({ values, onChange }: MoreFiltersProps) {
  const { t } = useTranslation();
  const word = useWord();
  const units = useQuery(orgUnitsQuery).data?.items ?? [];
  const [isOpen, setOpen] = useState(() => MORE.some((name) => values[name] !== ''));
  return (
    <ExpandableSection
      toggleText={t('eventSearch.more')}
      isExpanded={isOpen}
      onToggle={(_event, isExpanded) => setOpen(isExpanded)}
    >
      <div className="sk-more-filters">
        <Field label={t('eventSearch.from')} id="from">
          <TextInput
            id="from"
            type="datetime-local"
            value={toLocal(values.from)}
            onChange={(_event, local) => onChange('from', fromLocal(local))}
          />
        </Field>
        <Field label={t('eventSearch.to')} id="to">
          <TextInput
            id="to"
            type="datetime-local"
            value={toLocal(values.to)}
            onChange={(_event, local) => onChange('to', fromLocal(local))}
          />
        </Field>
        <Field label={t('eventSearch.orgUnit')} id="orgUnit">
          <FormSelect id="orgUnit" value={values.orgUnit} onChange={(_event, value) => onChange('orgUnit', value)}>
            <FormSelectOption value="" label={t('common.all')} />
            {units.map((unit) => (
              <FormSelectOption key={unit.path} value={unit.path} label={unit.path} />
            ))}
          </FormSelect>
        </Field>
        <Typed label={t('events.user')} name="user" value={values.user} onChange={onChange} />
        <Typed label={t('eventSearch.program')} name="program" value={values.program} onChange={onChange} />
        <Typed label={t('eventSearch.device')} name="device" value={values.device} onChange={onChange} />
        <Typed label={t('events.rule')} name="rule" value={values.rule} onChange={onChange} />
        <Field label={t('events.labels')} id="label">
          <FormSelect id="label" value={values.label} onChange={(_event, value) => onChange('label', value)}>
            <FormSelectOption value="" label={t('common.all')} />
            {NUMBER_LABELS.map((label) => (
              <FormSelectOption key={label} value={label} label={word('label', label)} />
            ))}
          </FormSelect>
        </Field>
      </div>
    </ExpandableSection>
  );
}

function Field({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return (
    <label className="sk-filter" htmlFor={id}>
      <span>{label}</span>
      {children}
    </label>
  );
}

/** Milliseconds after the last key before a search starts. */
const PAUSE = 400;

interface TypedProps {
  label: string;
  name: (typeof MORE)[number];
  value: string;
  onChange: MoreFiltersProps['onChange'];
}

function Typed({ label, name, value, onChange }: TypedProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(name, text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, value, name, onChange]);
  return (
    <Field label={label} id={name}>
      <TextInput id={name} value={text} onChange={(_event, typed) => setText(typed)} />
    </Field>
  );
}
