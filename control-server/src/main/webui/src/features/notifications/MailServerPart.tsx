import { Button, Flex, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mailServerQuery } from '../../api/queries';
import { Facts } from '../../ui/Facts';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWord } from '../../ui/words';
import { MailServerDialog } from './MailServerDialog';
import { MailTestDialog } from './MailTestDialog';

/** By which server mail goes out. */
export function MailServerPart({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation();
  const word = useWord();
  const [dialog, setDialog] = useState<'edit' | 'test'>();
  const found = useQuery(mailServerQuery);
  const server = found.data ?? undefined;
  const close = () => setDialog(undefined);
  return (
    <section className="sk-stack">
      <Title headingLevel="h2">{t('notifications.mailServer')}</Title>
      {found.isPending && <Loading />}
      {found.isError && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
      {found.data === null && <p className="sk-subtle">{t('notifications.noMailServer')}</p>}
      {server !== undefined && (
        <Facts
          facts={[
            [t('notifications.host'), `${server.host}:${server.port}`],
            [t('notifications.security'), word('mailSecurity', server.security)],
            [t('notifications.sender'), server.sender],
            [t('notifications.user'), server.user],
            [t('notifications.password'), server.hasPassword ? t('notifications.passwordKept') : null],
          ]}
        />
      )}
      {mayChange && found.data !== undefined && (
        <Flex gap={{ default: 'gapSm' }}>
          <Button variant="secondary" onClick={() => setDialog('edit')}>
            {t('notifications.editMailServer')}
          </Button>
          {server !== undefined && (
            <Button variant="secondary" onClick={() => setDialog('test')}>
              {t('notifications.test')}
            </Button>
          )}
        </Flex>
      )}
      {dialog === 'edit' && <MailServerDialog server={server} onClose={close} />}
      {dialog === 'test' && <MailTestDialog onClose={close} />}
    </section>
  );
}
