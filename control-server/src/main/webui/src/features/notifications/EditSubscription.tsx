import { Form } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { NotificationSubscription, Severity } from '../../api/model';
import { subscriptionsQuery } from '../../api/queries';
import { FormModal } from '../../ui/FormModal';
import { isComplete, type SubscriptionDraft, SubscriptionFields } from './SubscriptionFields';

/** Changes whom to tell of what, as it was when the dialog opened: somebody else's change meanwhile is a conflict. */
export function EditSubscription({ subscription, onClose }: { subscription: NotificationSubscription; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<SubscriptionDraft>({
    name: subscription.name,
    transport: subscription.transport,
    address: subscription.address,
    anchor: '',
    topics: subscription.topics,
    least: subscription.leastSeverity as Severity,
    branch: subscription.branch ?? '',
    language: subscription.language === 'en' ? 'en' : 'ja',
  });
  const change = useMutation({
    mutationFn: () =>
      read<NotificationSubscription>(
        client.PATCH('/api/v1/notification-subscriptions/{id}', {
          params: { path: { id: subscription.id } },
          body: {
            name: draft.name.trim(),
            address: draft.address.trim(),
            topics: [...draft.topics],
            leastSeverity: draft.least,
            branch: draft.branch.trim(),
            language: draft.language,
            ...(draft.anchor.trim() === '' ? {} : { anchor: draft.anchor }),
            version: subscription.version,
          },
        }),
      ),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: subscriptionsQuery.queryKey }),
  });
  return (
    <FormModal
      title={t('notifications.editOf', { name: subscription.name })}
      confirm={t('notifications.save')}
      isReady={isComplete(draft)}
      isBusy={change.isPending}
      error={change.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            change.mutate();
          }}
        >
          <SubscriptionFields draft={draft} onChange={setDraft} isMade />
        </Form>
      )}
    />
  );
}
