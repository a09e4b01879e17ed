import { Checkbox, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNELS, INCIDENT_KINDS, SEVERITIES, VERDICTS, type IncidentRule } from '../../api/model';
import { FormModal } from '../../ui/FormModal';
import { useWord } from '../../ui/words';

interface RuleDialogProps {
  rule: IncidentRule;
  /** Ids of the other rules. */
  taken: readonly string[];
  isNew: boolean;
  onSave: (rule: IncidentRule) => void;
  onClose: () => void;
}

const ID = /^[a-z0-9-]{1,40}$/;
const NUMBERS = { threshold: 100_000, windowMinutes: 10_080, joinMinutes: 10_080, respondHours: 8_784 } as const;

/** One rule as a form. */
export function RuleDialog({ rule, taken, isNew, onSave, onClose }: RuleDialogProps) {
  const { t } = useTranslation();
  const word = useWord();
  const [draft, setDraft] = useState(rule);
  const isTaken = taken.includes(draft.id);
  const isAboutAttempts = draft.kinds.includes('ATTEMPT');
  const numbersFit = Object.entries(NUMBERS).every(([field, most]) => {
    const value = draft[field as keyof typeof NUMBERS];
    return Number.isInteger(value) && value >= 1 && value <= most;
  });
  const choice = <Value extends string>(label: string, help: string, family: 'incidentKind' | 'channel' | 'verdict', all: readonly Value[], chosen: readonly Value[], onChoose: (values: Value[]) => void) => (
    <FormGroup role="group" isStack label={label} fieldId={`rule-${family}`}>
      <p className="sk-subtle">{help}</p>
      <div className="sk-choices">
        {all.map((value) => (
          <Checkbox
            key={value}
            id={`rule-${family}-${value}`}
            label={word(family, value)}
            isChecked={chosen.includes(value)}
            onChange={(_event, checked) => onChoose(all.filter((one) => (one === value ? checked : chosen.includes(one))))}
          />
        ))}
      </div>
    </FormGroup>
  );
  const number = (field: keyof typeof NUMBERS, help?: string) => (
    <FormGroup label={t(`incidentRules.${field}`)} isRequired fieldId={`rule-${field}`}>
      <TextInput
        id={`rule-${field}`}
        type="number"
        min={1}
        max={NUMBERS[field]}
        value={Number.isNaN(draft[field]) ? '' : draft[field]}
        onChange={(_event, typed) => setDraft({ ...draft, [field]: Number.parseInt(typed, 10) })}
      />
      {help !== undefined && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem>{help}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
  return (
    <FormModal
      title={t(isNew ? 'incidentRules.add' : 'incidentRules.edit')}
      confirm={t('incidentRules.take')}
      size="medium"
      isReady={draft.name.trim() !== '' && ID.test(draft.id) && !isTaken && numbersFit}
      isBusy={false}
      error={null}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            onSave({ ...draft, name: draft.name.trim() });
          }}
        >
          <FormGroup label={t('incidentRules.name')} isRequired fieldId="rule-name">
            <TextInput id="rule-name" value={draft.name} maxLength={100} isRequired onChange={(_event, name) => setDraft({ ...draft, name })} />
          </FormGroup>
          <FormGroup label={t('incidentRules.id')} isRequired fieldId="rule-id">
            <TextInput
              id="rule-id"
              value={draft.id}
              maxLength={40}
              isRequired
              isDisabled={!isNew}
              validated={isTaken || !ID.test(draft.id) ? 'error' : 'default'}
              onChange={(_event, typed) => setDraft({ ...draft, id: typed })}
              aria-describedby="rule-id-help"
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="rule-id-help" variant={isTaken ? 'error' : 'default'}>
                  {t(isTaken ? 'incidentRules.idTaken' : 'incidentRules.idHelp')}
                </HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          {choice(t('incidentRules.kinds'), t('incidentRules.kindsHelp'), 'incidentKind', INCIDENT_KINDS, draft.kinds, (kinds) => setDraft({ ...draft, kinds }))}
          {isAboutAttempts && (
            <>
              {choice<string>(t('incidentRules.channels'), t('incidentRules.anyHelp'), 'channel', CHANNELS, draft.channels, (channels) => setDraft({ ...draft, channels }))}
              {choice<string>(t('incidentRules.verdicts'), t('incidentRules.anyHelp'), 'verdict', VERDICTS, draft.verdicts, (verdicts) => setDraft({ ...draft, verdicts }))}
            </>
          )}
          <FormGroup label={t('incidentRules.least')} fieldId="rule-least">
            <FormSelect id="rule-least" value={draft.leastSeverity} onChange={(_event, leastSeverity) => setDraft({ ...draft, leastSeverity })}>
              {SEVERITIES.map((severity) => (
                <FormSelectOption key={severity} value={severity} label={word('severity', severity)} />
              ))}
            </FormSelect>
          </FormGroup>
          {number('threshold', t('incidentRules.thresholdHelp'))}
          {number('windowMinutes')}
          {number('joinMinutes', t('incidentRules.joinHelp'))}
          {number('respondHours')}
        </Form>
      )}
    />
  );
}
