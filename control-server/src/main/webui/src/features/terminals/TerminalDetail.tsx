import { Button, Flex, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client } from '../../api/client';
import type { Terminal } from '../../api/model';
import { terminalQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { ChainLabel, ModeLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ReasonModal } from '../../ui/ReasonModal';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { LinkState } from './LinkState';
import { ProgressState } from './ProgressState';
import { Notice } from '../../ui/Notice';

/** Everything about one terminal. */
export function TerminalDetail({ id }: { id: string }) {
  const terminal = useQuery(terminalQuery(id));
  if (terminal.isPending) {
    return <Loading />;
  }
  if (terminal.data === undefined) {
    return <ProblemAlert error={terminal.error} onRetry={() => void terminal.refetch()} />;
  }
  return <Detail terminal={terminal.data} />;
}

function Detail({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation();
  const word = useWord();
  const mayRevoke = useMay('revoke');
  const [isRevoking, setRevoking] = useState(false);
  const isActive = terminal.state === 'ACTIVE';
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{terminal.host}</Title>
      <Facts
        facts={[
          [t('terminals.link'), <LinkState key="link" terminal={terminal} />],
          [t('terminals.lastContact'), <When key="contact" at={terminal.lastContactAt} />],
          [t('terminals.progress'), <ProgressState key="progress" terminal={terminal} />],
          [t('terminals.segment'), word('segment', terminal.segment)],
          [t('terminals.division'), terminal.orgUnit],
          [t('terminals.user'), terminal.user],
        ]}
      />
      {isActive && !terminal.connected && (
        <Notice isPlain variant="info" title={t('terminals.unconnectedNote')} />
      )}
      <Title headingLevel="h3">{t('terminals.channels')}</Title>
      <Channels terminal={terminal} />
      <Title headingLevel="h3">{t('terminals.overview')}</Title>
      <Facts
        facts={[
          [
            t('terminals.chain'),
            <ChainLabel key="chain" chain={terminal.chain} />,
          ],
          [t('terminals.durable'), terminal.durableSeq],
          [
            t('terminals.backlog'),
            t('terminals.records', { count: terminal.backlog }),
          ],
          [t('terminals.os'), terminal.os],
          [t('terminals.agent'), terminal.agentVersion],
          [t('terminals.certificate'), <When key="certificate" at={terminal.certificateExpiresAt} />],
          [t('terminals.enrolled'), <When key="enrolled" at={terminal.enrolledAt} />],
          [t('terminals.revokedWhy'), terminal.revokeReason],
          ['ID', terminal.id],
        ]}
      />
      <Flex>
        <Link to={`/events?terminal=${encodeURIComponent(terminal.id)}`}>{t('terminals.seeEvents')}</Link>
        {mayRevoke && isActive && (
          <Button variant="danger" onClick={() => setRevoking(true)}>
            {t('terminals.revoke')}
          </Button>
        )}
      </Flex>
      {isRevoking && <Revoke terminal={terminal} onClose={() => setRevoking(false)} />}
    </div>
  );
}

function Channels({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation();
  const word = useWord();
  if (terminal.channels.length === 0) {
    return <p>{t('terminals.noChannels')}</p>;
  }
  return (
    <Table aria-label={t('terminals.channels')} variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th>{t('events.channelFilter')}</Th>
          <Th>{t('terminals.mode')}</Th>
          <Th>{t('common.details')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {terminal.channels.map((channel) => (
          <Tr key={channel.channel}>
            <Td dataLabel={t('terminals.channels')} modifier="nowrap">
              {word('channel', channel.channel)}
            </Td>
            <Td dataLabel={t('terminals.mode')}>
              <ModeLabel mode={channel.mode} />
            </Td>
            <Td dataLabel={t('common.details')} className="sk-subtle sk-summary-text">
              {channel.detail}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Revoke({ terminal, onClose }: { terminal: Terminal; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: (reason: string) =>
      client.POST('/api/v1/terminals/{id}/revoke', { params: { path: { id: terminal.id } }, body: { reason } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['terminals'] });
      onClose();
    },
  });
  return (
    <ReasonModal
      title={t('terminals.revokeTitle', { host: terminal.host })}
      body={<p>{t('terminals.revokeBody')}</p>}
      reasonLabel={t('terminals.reason')}
      reasonHelp={t('terminals.reasonHelp')}
      confirm={t('terminals.revokeConfirm')}
      danger
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={(reason) => revoke.mutate(reason)}
      onClose={onClose}
    />
  );
}
