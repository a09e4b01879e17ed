import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { UnitInput } from '../../ui/UnitInput';

export interface MediumDraft {
  name: string;
  owner: string;
  note: string;
  /** As `<input type="date">` has it: the last day; empty for none. */
  lastDay: string;
}

interface MediumFieldsProps {
  draft: MediumDraft;
  onChange: (draft: MediumDraft) => void;
}

/** What people say of a medium, whatever device it is. */
export function MediumFields({ draft, onChange }: MediumFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <FormGroup label={t('media.name')} isRequired fieldId="medium-name">
        <TextInput
          id="medium-name"
          value={draft.name}
          maxLength={200}
          isRequired
          onChange={(_event, name) => onChange({ ...draft, name })}
          aria-describedby="medium-name-help"
        />
        <FormHelperText>
          <HelperText>
            <HelperTextItem id="medium-name-help">{t('media.nameHelp')}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label={t('media.owner')} fieldId="medium-owner">
        <UnitInput id="medium-owner" value={draft.owner} onChange={(owner) => onChange({ ...draft, owner })} aria-describedby="medium-owner-help" />
        <FormHelperText>
          <HelperText>
            <HelperTextItem id="medium-owner-help">{t('media.ownerHelp')}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label={t('media.lastDay')} fieldId="medium-last-day">
        <TextInput
          id="medium-last-day"
          type="date"
          value={draft.lastDay}
          onChange={(_event, lastDay) => onChange({ ...draft, lastDay })}
          aria-describedby="medium-last-day-help"
        />
        <FormHelperText>
          <HelperText>
            <HelperTextItem id="medium-last-day-help">{t('media.lastDayHelp')}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label={t('media.note')} fieldId="medium-note">
        <TextArea
          id="medium-note"
          value={draft.note}
          maxLength={1_000}
          resizeOrientation="vertical"
          onChange={(_event, note) => onChange({ ...draft, note })}
        />
      </FormGroup>
    </>
  );
}
