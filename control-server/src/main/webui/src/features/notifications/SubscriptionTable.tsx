import { Button, Label } from '@patternfly/react-core';
import { CheckCircleIcon, ExclamationCircleIcon, PauseCircleIcon } from '@patternfly/react-icons';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { NotificationSubscription, Severity } from '../../api/model';
import { subscriptionsQuery } from '../../api/queries';
import { ConfirmModal } from '../../ui/ConfirmModal';
import { SeverityLabel } from '../../ui/labels';
import { formatNumber } from '../../ui/numbers';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';

interface SubscriptionTableProps {
  items: readonly NotificationSubscription[];
  mayChange: boolean;
}

export function SubscriptionTable({ items, mayChange }: SubscriptionTableProps) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<NotificationSubscription>();
  const refresh = () => queries.invalidateQueries({ queryKey: subscriptionsQuery.queryKey });
  const change = useMutation({
    mutationFn: ({ id, enabled, version }: NotificationSubscription) =>
      client.PATCH('/api/v1/notification-subscriptions/{id}', { params: { path: { id } }, body: { enabled: !enabled, version } }),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) => client.DELETE('/api/v1/notification-subscriptions/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      await refresh();
      setDoomed(undefined);
    },
  });
  return (
    <>
      {change.isError && <ProblemAlert error={change.error} />}
      <Table aria-label={t('notifications.subscriptions')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('notifications.name')}</Th>
            <Th>{t('notifications.address')}</Th>
            <Th>{t('notifications.topics')}</Th>
            <Th>{t('notifications.least')}</Th>
            <Th>{t('notifications.state')}</Th>
            <Th>{t('notifications.delivered')}</Th>
            {mayChange && <Th screenReaderText={t('notifications.actions')} />}
          </Tr>
        </Thead>
        <Tbody>
          {items.map((one) => (
            <Tr key={one.id}>
              <Td dataLabel={t('notifications.name')}>{one.name}</Td>
              <Td dataLabel={t('notifications.address')} className="sk-summary-text">
                {one.address}
                <div className="sk-subtle">{word('notificationTransport', one.transport)}</div>
              </Td>
              <Td dataLabel={t('notifications.topics')}>
                {one.topics.map((topic) => word('notificationTopic', topic)).join('、')}
                {one.branch != null && <div className="sk-subtle">{t('notifications.below', { branch: one.branch })}</div>}
              </Td>
              <Td dataLabel={t('notifications.least')}>
                <SeverityLabel severity={one.leastSeverity as Severity} />
              </Td>
              <Td dataLabel={t('notifications.state')}>
                <State subscription={one} />
              </Td>
              <Td dataLabel={t('notifications.delivered')} className="sk-number">
                {formatNumber(one.delivered, i18n.language)}
              </Td>
              {mayChange && (
                <Td isActionCell>
                  <div className="sk-tags">
                    <Button variant="link" isInline aria-label={t(one.enabled ? 'notifications.pauseOf' : 'notifications.resumeOf', { name: one.name })} onClick={() => change.mutate(one)}>
                      {t(one.enabled ? 'notifications.pause' : 'notifications.resume')}
                    </Button>
                    <Button variant="link" isInline isDanger aria-label={t('notifications.removeOf', { name: one.name })} onClick={() => setDoomed(one)}>
                      {t('notifications.remove')}
                    </Button>
                  </div>
                </Td>
              )}
            </Tr>
          ))}
        </Tbody>
      </Table>
      {doomed !== undefined && (
        <ConfirmModal
          title={t('notifications.removeOf', { name: doomed.name })}
          body={t('notifications.removeBody')}
          confirm={t('notifications.remove')}
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(doomed.id)}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </>
  );
}

function State({ subscription }: { subscription: NotificationSubscription }) {
  const { t } = useTranslation();
  if (!subscription.enabled) {
    return (
      <Label isCompact color="grey" icon={<PauseCircleIcon />}>
        {t('notifications.paused')}
      </Label>
    );
  }
  if (subscription.failures === 0) {
    return (
      <Label isCompact color="green" icon={<CheckCircleIcon />}>
        {t('notifications.running')}
      </Label>
    );
  }
  return (
    <>
      <Label isCompact color="red" icon={<ExclamationCircleIcon />}>
        {t('notifications.failing', { count: subscription.failures })}
      </Label>
      <div className="sk-subtle sk-summary-text">
        {subscription.failedAt != null && <When at={subscription.failedAt} />} {subscription.failure}
      </div>
    </>
  );
}
