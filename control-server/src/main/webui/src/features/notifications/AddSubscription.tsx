import { Button, Checkbox, Form, FormGroup, FormSelect, FormSelectOption, Modal, ModalBody, ModalFooter, ModalHeader, TextArea, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import { NOTIFICATION_TOPICS, SEVERITIES, type NewlyMadeSubscription, type NotificationTopic, type Severity } from '../../api/model';
import { subscriptionsQuery } from '../../api/queries';
import { FormModal } from '../../ui/FormModal';
import { Notice } from '../../ui/Notice';
import { ShownOnce } from '../../ui/ShownOnce';
import { UnitInput } from '../../ui/UnitInput';
import { useWord } from '../../ui/words';

type Transport = 'MAIL' | 'WEBHOOK';

/** Asks whom to tell of what, and shows a webhook's secret, once. */
export function AddSubscription({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [transport, setTransport] = useState<Transport>('MAIL');
  const [address, setAddress] = useState('');
  const [anchor, setAnchor] = useState('');
  const [topics, setTopics] = useState<readonly NotificationTopic[]>(NOTIFICATION_TOPICS);
  const [least, setLeast] = useState<Severity>('HIGH');
  const [branch, setBranch] = useState('');
  const [language, setLanguage] = useState<'ja' | 'en'>(i18n.language === 'ja' ? 'ja' : 'en');
  const create = useMutation({
    mutationFn: () =>
      read<NewlyMadeSubscription>(
        client.POST('/api/v1/notification-subscriptions', {
          body: {
            name: name.trim(),
            transport,
            address: address.trim(),
            topics: [...topics],
            leastSeverity: least,
            language,
            ...(branch.trim() === '' ? {} : { branch: branch.trim() }),
            ...(transport === 'WEBHOOK' && anchor.trim() !== '' ? { anchor } : {}),
          },
        }),
      ),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: subscriptionsQuery.queryKey });
      if (made.secret == null) {
        onClose();
      }
    },
  });
  const secret = create.data?.secret;
  if (secret != null) {
    return (
      <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="secret-title">
        <ModalHeader title={t('notifications.secretTitle')} labelId="secret-title" />
        <ModalBody className="sk-stack">
          <Notice variant="warning" title={t('notifications.secretBody')} />
          <ShownOnce label={t('notifications.secretTitle')} secret={secret} />
        </ModalBody>
        <ModalFooter>
          <Button onClick={onClose}>{t('common.close')}</Button>
        </ModalFooter>
      </Modal>
    );
  }
  return (
    <FormModal
      title={t('notifications.add')}
      confirm={t('notifications.begin')}
      isReady={name.trim() !== '' && address.trim() !== '' && topics.length > 0}
      isBusy={create.isPending}
      error={create.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            create.mutate();
          }}
        >
          <FormGroup label={t('notifications.name')} isRequired fieldId="subscription-name">
            <TextInput id="subscription-name" value={name} maxLength={100} isRequired onChange={(_event, typed) => setName(typed)} />
          </FormGroup>
          <FormGroup label={t('notifications.transport')} fieldId="subscription-transport">
            <FormSelect id="subscription-transport" value={transport} onChange={(_event, chosen) => setTransport(chosen as Transport)}>
              {(['MAIL', 'WEBHOOK'] as const).map((one) => (
                <FormSelectOption key={one} value={one} label={word('notificationTransport', one)} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label={t('notifications.address')} isRequired fieldId="subscription-address">
            <TextInput
              id="subscription-address"
              value={address}
              isRequired
              placeholder={transport === 'MAIL' ? 'csirt@city.example' : 'https://chat.city.example/hook'}
              onChange={(_event, typed) => setAddress(typed)}
            />
          </FormGroup>
          <FormGroup role="group" isStack label={t('notifications.topics')} fieldId="subscription-topics">
            {NOTIFICATION_TOPICS.map((topic) => (
              <Checkbox
                key={topic}
                id={`subscription-${topic}`}
                label={word('notificationTopic', topic)}
                isChecked={topics.includes(topic)}
                onChange={(_event, checked) => setTopics(NOTIFICATION_TOPICS.filter((one) => (one === topic ? checked : topics.includes(one))))}
              />
            ))}
          </FormGroup>
          <FormGroup label={t('notifications.least')} fieldId="subscription-least">
            <FormSelect id="subscription-least" value={least} onChange={(_event, chosen) => setLeast(chosen as Severity)}>
              {SEVERITIES.map((severity) => (
                <FormSelectOption key={severity} value={severity} label={word('severity', severity)} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label={t('notifications.branch')} fieldId="subscription-branch">
            <UnitInput id="subscription-branch" value={branch} onChange={setBranch} />
          </FormGroup>
          {transport === 'MAIL' ? (
            <FormGroup label={t('app.language')} fieldId="subscription-language">
              <FormSelect id="subscription-language" value={language} onChange={(_event, chosen) => setLanguage(chosen as 'ja' | 'en')}>
                <FormSelectOption value="ja" label={t('common.ja')} />
                <FormSelectOption value="en" label={t('common.en')} />
              </FormSelect>
            </FormGroup>
          ) : (
            <FormGroup label={t('exports.anchor')} fieldId="subscription-anchor">
              <TextArea id="subscription-anchor" value={anchor} rows={4} resizeOrientation="vertical" onChange={(_event, typed) => setAnchor(typed)} />
            </FormGroup>
          )}
        </Form>
      )}
    />
  );
}
