import { Button, Flex } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SekishoEvent } from '../../api/model';
import { terminalQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { RegisterMedium } from '../media/RegisterMedium';
import { fileOf, hasDevice } from './fileOf';
import { GrantPermit } from './GrantPermit';

/** What an administrator does about an attempt that was stopped: know its stick, or let it pass once. */
export function EventActs({ event }: { event: SekishoEvent }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayRegister = useMay('registerMedia') && hasDevice(event);
  const mayGrant = useMay('grantPermits') && event.kind === 'ATTEMPT' && (event.verdict === 'BLOCK' || event.verdict === 'READ_ONLY');
  const terminal = useQuery({ ...terminalQuery(event.terminal), refetchInterval: false, enabled: mayRegister || mayGrant }).data;
  const [dialog, setDialog] = useState<'register' | 'grant'>();
  if (terminal === undefined || !(mayRegister || mayGrant)) {
    return null;
  }
  const close = () => setDialog(undefined);
  return (
    <>
      <Flex gap={{ default: 'gapSm' }}>
        {mayRegister && (
          <Button variant="secondary" onClick={() => setDialog('register')}>
            {t('media.registerFrom')}
          </Button>
        )}
        {mayGrant && (
          <Button variant="secondary" onClick={() => setDialog('grant')}>
            {t('permits.grantFrom')}
          </Button>
        )}
      </Flex>
      {dialog === 'register' && (
        <RegisterMedium
          from={{
            terminal: event.terminal,
            seq: event.seq,
            segment: terminal.segment,
            name: fileOf(event) === undefined ? (event.destination ?? '') : '',
            owner: terminal.orgUnit ?? '',
          }}
          onClose={close}
          onRegistered={(medium) => void navigate(`/media/${medium.id}`)}
        />
      )}
      {dialog === 'grant' && (
        <GrantPermit
          from={{
            terminal: event.terminal,
            seq: event.seq,
            host: terminal.host,
            user: event.user ?? '',
            channel: event.channel ?? 'MEDIA',
          }}
          onClose={close}
          onGranted={(permit) => void navigate(`/permits/${permit.id}`)}
        />
      )}
    </>
  );
}
