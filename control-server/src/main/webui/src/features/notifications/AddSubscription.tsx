import { Form } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import { NOTIFICATION_TOPICS, type NewlyMadeSubscription } from '../../api/model';
import { subscriptionsQuery } from '../../api/queries';
import { FormModal } from '../../ui/FormModal';
import { SecretModal } from '../../ui/SecretModal';
import { isComplete, type SubscriptionDraft, SubscriptionFields } from './SubscriptionFields';

/** Asks whom to tell of what, and shows a webhook's secret, once. */
export function AddSubscription({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<SubscriptionDraft>({
    name: '',
    transport: 'MAIL',
    address: '',
    anchor: '',
    topics: NOTIFICATION_TOPICS,
    least: 'HIGH',
    branch: '',
    language: i18n.language === 'ja' ? 'ja' : 'en',
  });
  const create = useMutation({
    mutationFn: () =>
      read<NewlyMadeSubscription>(
        client.POST('/api/v1/notification-subscriptions', {
          body: {
            name: draft.name.trim(),
            transport: draft.transport,
            address: draft.address.trim(),
            topics: [...draft.topics],
            leastSeverity: draft.least,
            language: draft.language,
            ...(draft.branch.trim() === '' ? {} : { branch: draft.branch.trim() }),
            ...(draft.transport === 'WEBHOOK' && draft.anchor.trim() !== '' ? { anchor: draft.anchor } : {}),
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
      <SecretModal
        title={t('sending.secretTitle')}
        warning={t('sending.secretBody')}
        label={t('sending.secretTitle')}
        secret={secret}
        onClose={onClose}
      />
    );
  }
  return (
    <FormModal
      title={t('notifications.add')}
      confirm={t('notifications.begin')}
      isReady={isComplete(draft)}
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
          <SubscriptionFields draft={draft} onChange={setDraft} isMade={false} />
        </Form>
      )}
    />
  );
}
