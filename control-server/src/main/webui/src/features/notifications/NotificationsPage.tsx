import { Button, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { subscriptionsQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { AddSubscription } from './AddSubscription';
import { MailServerPart } from './MailServerPart';
import { SubscriptionTable } from './SubscriptionTable';

/** Who is told of incidents and alarms, how, and whether that works. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const mayChange = useMay('notify');
  const [isAdding, setAdding] = useState(false);
  const found = useQuery(subscriptionsQuery);
  const items = found.data?.items ?? [];
  const add = mayChange && <Button onClick={() => setAdding(true)}>{t('notifications.add')}</Button>;
  return (
    <PageFrame title={t('notifications.title')} lead={t('notifications.lead')} actions={items.length > 0 ? add : undefined}>
      <div className="sk-stack">
        <Title headingLevel="h2">{t('notifications.subscriptions')}</Title>
        {found.isError && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
        {found.isPending && <Loading />}
        {found.data !== undefined &&
          (items.length > 0 ? (
            <SubscriptionTable items={items} mayChange={mayChange} />
          ) : (
            <Nothing filtered={false} title={t('notifications.emptyTitle')} body={t('notifications.emptyBody')} action={add} />
          ))}
        <MailServerPart mayChange={mayChange} />
      </div>
      {isAdding && <AddSubscription onClose={() => setAdding(false)} />}
    </PageFrame>
  );
}
