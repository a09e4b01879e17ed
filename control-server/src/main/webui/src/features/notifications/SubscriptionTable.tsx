import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { NotificationSubscription, Severity } from '../../api/model';
import { subscriptionsQuery } from '../../api/queries';
import { SeverityLabel } from '../../ui/labels';
import { formatNumber } from '../../ui/numbers';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SendingActs, SendingState } from '../../ui/Sending';
import { useRemoval } from '../../ui/useRemoval';
import { useWord } from '../../ui/words';
import { EditSubscription } from './EditSubscription';

interface SubscriptionTableProps {
  items: readonly NotificationSubscription[];
  mayChange: boolean;
}

export function SubscriptionTable({ items, mayChange }: SubscriptionTableProps) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<NotificationSubscription>();
  const refresh = () => queries.invalidateQueries({ queryKey: subscriptionsQuery.queryKey });
  const change = useMutation({
    mutationFn: ({ id, enabled, version }: NotificationSubscription) =>
      client.PATCH('/api/v1/notification-subscriptions/{id}', { params: { path: { id } }, body: { enabled: !enabled, version } }),
    onSettled: refresh,
  });
  const removal = useRemoval<NotificationSubscription>({
    remove: ({ id }) => client.DELETE('/api/v1/notification-subscriptions/{id}', { params: { path: { id } } }),
    stale: subscriptionsQuery.queryKey,
    texts: ({ name }) => ({ title: t('notifications.removeOf', { name }), body: t('notifications.removeBody'), confirm: t('sending.remove') }),
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
                <SendingState sending={one} />
              </Td>
              <Td dataLabel={t('notifications.delivered')} className="sk-number">
                {formatNumber(one.delivered, i18n.language)}
              </Td>
              {mayChange && (
                <Td isActionCell>
                  <SendingActs
                    isEnabled={one.enabled}
                    labels={{
                      switch: t(one.enabled ? 'notifications.pauseOf' : 'notifications.resumeOf', { name: one.name }),
                      edit: t('notifications.editOf', { name: one.name }),
                      remove: t('notifications.removeOf', { name: one.name }),
                    }}
                    onSwitch={() => change.mutate(one)}
                    onEdit={() => setEdited(one)}
                    onRemove={() => removal.ask(one)}
                  />
                </Td>
              )}
            </Tr>
          ))}
        </Tbody>
      </Table>
      {removal.dialog}
      {edited !== undefined && <EditSubscription subscription={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
