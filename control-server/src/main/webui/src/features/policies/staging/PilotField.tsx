import { Button, Flex, FlexItem, FormGroup, Label, LabelGroup, Radio, TextInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pilot, Segment } from '../../../api/model';
import { useHosts } from '../../../ui/useHosts';
import { groupsQuery, orgUnitsQuery, terminalsQuery } from '../../../api/queries';

interface PilotFieldProps {
  segment: Segment;
  /** Whom it goes to first; absent: everybody at once. */
  value: Pilot | undefined;
  onChange: (pilot: Pilot | undefined) => void;
}

/** To everybody at once, or to some divisions, groups and terminals first. */
export function PilotField({ segment, value, onChange }: PilotFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const units = useQuery(orgUnitsQuery).data?.items ?? [];
  const groups = useQuery(groupsQuery).data?.items ?? [];
  const [sought, setSought] = useState('');
  const terminals =
    useQuery({ ...terminalsQuery({ segment, ...(sought.trim() === '' ? {} : { q: sought.trim() }) }), refetchInterval: false }).data?.items ?? [];
  const hostOf = useHosts(value?.terminals ?? []);
  return (
    <FormGroup role="radiogroup" label={t('staging.whom')} fieldId={`${id}-all`}>
      <Radio
        id={`${id}-all`}
        name={id}
        label={t('staging.everybody')}
        isChecked={value === undefined}
        onChange={() => onChange(undefined)}
      />
      <Radio
        id={`${id}-pilot`}
        name={id}
        label={t('staging.pilotFirst')}
        isChecked={value !== undefined}
        onChange={() => onChange({ units: [], terminals: [], groups: [] })}
      />
      {value !== undefined && (
        <div className="sk-stack sk-indented">
          <Chosen
            label={t('staging.units')}
            add={t('staging.addUnit')}
            suggestions={units.map((unit) => ({ value: unit.path, text: unit.path }))}
            chosen={value.units}
            textOf={(unit) => unit}
            onChange={(chosen) => onChange({ ...value, units: chosen })}
          />
          <Chosen
            label={t('staging.groups')}
            add={t('staging.addGroup')}
            suggestions={groups.map((group) => ({ value: group.id, text: group.name }))}
            chosen={value.groups}
            textOf={(chosen) => groups.find((group) => group.id === chosen)?.name ?? chosen}
            onlySuggested
            onChange={(chosen) => onChange({ ...value, groups: chosen })}
          />
          <Chosen
            label={t('staging.terminals')}
            add={t('staging.addTerminal')}
            suggestions={terminals.map((terminal) => ({ value: terminal.id, text: terminal.host }))}
            chosen={value.terminals}
            textOf={hostOf}
            onlySuggested
            onTyped={setSought}
            onChange={(chosen) => onChange({ ...value, terminals: chosen })}
          />
        </div>
      )}
    </FormGroup>
  );
}

interface ChosenProps {
  label: string;
  add: string;
  suggestions: readonly { value: string; text: string }[];
  chosen: readonly string[];
  textOf: (value: string) => string;
  /** Whether what isn't suggested can't be. */
  onlySuggested?: boolean;
  /** Told each thing that is typed, so that others may be suggested. */
  onTyped?: (text: string) => void;
  onChange: (chosen: string[]) => void;
}

/** A few names, each added by typing; a name that is suggested may also be typed as people know it. */
function Chosen({ label, add, suggestions, chosen, textOf, onlySuggested = false, onTyped, onChange }: ChosenProps) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const take = () => {
    const known = suggestions.find((one) => one.text === name || one.value === name)?.value;
    if (known === undefined && onlySuggested) {
      return;
    }
    const value = known ?? name;
    if (value !== '' && !chosen.includes(value)) {
      onChange([...chosen, value]);
    }
    setTyped('');
  };
  return (
    <div>
      <datalist id={`${id}-names`}>
        {suggestions.map((one) => (
          <option key={one.value} value={one.text} />
        ))}
      </datalist>
      <Flex gap={{ default: 'gapSm' }} flexWrap={{ default: 'nowrap' }}>
        <FlexItem flex={{ default: 'flex_1' }}>
          <TextInput
            aria-label={label}
            placeholder={label}
            list={`${id}-names`}
            value={typed}
            maxLength={200}
            onChange={(_event, text) => {
              setTyped(text);
              onTyped?.(text);
            }}
            onKeyDown={(key) => {
              if (key.key === 'Enter') {
                key.preventDefault();
                take();
              }
            }}
          />
        </FlexItem>
        <Button variant="secondary" isDisabled={name === ''} onClick={take}>
          {add}
        </Button>
      </Flex>
      {chosen.length > 0 && (
        <LabelGroup aria-label={label} numLabels={20}>
          {chosen.map((value) => (
            <Label
              key={value}
              onClose={() => onChange(chosen.filter((one) => one !== value))}
              closeBtnAriaLabel={t('staging.remove', { name: textOf(value) })}
            >
              {textOf(value)}
            </Label>
          ))}
        </LabelGroup>
      )}
    </div>
  );
}
