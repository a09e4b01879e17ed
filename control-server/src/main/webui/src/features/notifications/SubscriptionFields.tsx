import { Checkbox, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextArea, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { NOTIFICATION_TOPICS, SEVERITIES, type NotificationTopic, type Severity } from '../../api/model';
import { UnitInput } from '../../ui/UnitInput';
import { useWord } from '../../ui/words';

export type Transport = 'MAIL' | 'WEBHOOK';

/** Whom to tell of what, as it is typed. */
export interface SubscriptionDraft {
  name: string;
  transport: Transport;
  address: string;
  anchor: string;
  topics: readonly NotificationTopic[];
  least: Severity;
  branch: string;
  language: 'ja' | 'en';
}

export function isComplete({ name, address, topics }: SubscriptionDraft): boolean {
  return name.trim() !== '' && address.trim() !== '' && topics.length > 0;
}

interface SubscriptionFieldsProps {
  draft: SubscriptionDraft;
  onChange: (draft: SubscriptionDraft) => void;
  /** It is there already: how it is told stays, and so does a webhook's address, which its key belongs to. */
  isMade: boolean;
}

export function SubscriptionFields({ draft, onChange, isMade }: SubscriptionFieldsProps) {
  const { t } = useTranslation();
  const word = useWord();
  const set = (change: Partial<SubscriptionDraft>) => onChange({ ...draft, ...change });
  const { transport, topics } = draft;
  const isAddressFixed = isMade && transport === 'WEBHOOK';
  return (
    <>
      <FormGroup label={t('notifications.name')} isRequired fieldId="subscription-name">
        <TextInput id="subscription-name" value={draft.name} maxLength={100} isRequired onChange={(_event, name) => set({ name })} />
      </FormGroup>
      {!isMade && (
        <FormGroup label={t('notifications.transport')} fieldId="subscription-transport">
          <FormSelect id="subscription-transport" value={transport} onChange={(_event, chosen) => set({ transport: chosen as Transport })}>
            {(['MAIL', 'WEBHOOK'] as const).map((one) => (
              <FormSelectOption key={one} value={one} label={word('notificationTransport', one)} />
            ))}
          </FormSelect>
        </FormGroup>
      )}
      <FormGroup label={t('notifications.address')} isRequired fieldId="subscription-address">
        <TextInput
          id="subscription-address"
          value={draft.address}
          isRequired
          readOnlyVariant={isAddressFixed ? 'default' : undefined}
          aria-describedby={isAddressFixed ? 'subscription-address-help' : undefined}
          placeholder={transport === 'MAIL' ? 'csirt@city.example' : 'https://chat.city.example/hook'}
          onChange={(_event, address) => set({ address })}
        />
        {isAddressFixed && <Help id="subscription-address-help" text={t('notifications.addressFixed')} />}
      </FormGroup>
      <FormGroup role="group" isStack label={t('notifications.topics')} fieldId="subscription-topics">
        {NOTIFICATION_TOPICS.map((topic) => (
          <Checkbox
            key={topic}
            id={`subscription-${topic}`}
            label={word('notificationTopic', topic)}
            isChecked={topics.includes(topic)}
            onChange={(_event, checked) => set({ topics: NOTIFICATION_TOPICS.filter((one) => (one === topic ? checked : topics.includes(one))) })}
          />
        ))}
      </FormGroup>
      <FormGroup label={t('notifications.least')} fieldId="subscription-least">
        <FormSelect id="subscription-least" value={draft.least} onChange={(_event, chosen) => set({ least: chosen as Severity })}>
          {SEVERITIES.map((severity) => (
            <FormSelectOption key={severity} value={severity} label={word('severity', severity)} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label={t('notifications.branch')} fieldId="subscription-branch">
        <UnitInput id="subscription-branch" value={draft.branch} onChange={(branch) => set({ branch })} />
      </FormGroup>
      {transport === 'MAIL' ? (
        <FormGroup label={t('app.language')} fieldId="subscription-language">
          <FormSelect id="subscription-language" value={draft.language} onChange={(_event, chosen) => set({ language: chosen as 'ja' | 'en' })}>
            <FormSelectOption value="ja" label={t('common.ja')} />
            <FormSelectOption value="en" label={t('common.en')} />
          </FormSelect>
        </FormGroup>
      ) : (
        <FormGroup label={t('exports.anchor')} fieldId="subscription-anchor">
          <TextArea
            id="subscription-anchor"
            value={draft.anchor}
            rows={4}
            resizeOrientation="vertical"
            aria-describedby={isMade ? 'subscription-anchor-help' : undefined}
            onChange={(_event, anchor) => set({ anchor })}
          />
          {isMade && <Help id="subscription-anchor-help" text={t('notifications.anchorKept')} />}
        </FormGroup>
      )}
    </>
  );
}

function Help({ id, text }: { id: string; text: string }) {
  return (
    <FormHelperText>
      <HelperText>
        <HelperTextItem id={id}>{text}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}
