import { Button, Flex, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { client } from '../../api/client';
import type { Terminal } from '../../api/model';
import { alarmsQuery, terminalEventsQuery, terminalIncidentsQuery, terminalQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { ChainLabel, ModeLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ReasonModal } from '../../ui/ReasonModal';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { AlarmTable } from '../alarms/AlarmTable';
import { EventTable } from '../events/EventTable';
import { IncidentTable } from '../incidents/IncidentTable';
import { Commands } from './Commands';
import { LinkState } from './LinkState';
import { MoveModal } from './MoveModal';
import { ProgressState } from './ProgressState';

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
  const isUsed = terminal.state === 'ACTIVE' || terminal.state === 'WAITING';
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{terminal.host}</Title>
      {terminal.state === 'WAITING' && <Waiting terminal={terminal} />}
      <Facts
        facts={[
          [t('terminals.link'), <LinkState key="link" terminal={terminal} />],
          [t('terminals.lastContact'), <When key="contact" at={terminal.lastContactAt} />],
          [t('terminals.progress'), <ProgressState key="progress" terminal={terminal} />],
          [t('terminals.segment'), word('segment', terminal.segment)],
          [t('terminals.division'), terminal.orgUnit],
          [t('terminals.user'), terminal.user],
          [t('terminals.groups'), terminal.groups.join(', ')],
        ]}
      />
      {terminal.isolated && <Notice variant="danger" title={t('terminals.isolatedNote')} />}
      {isUsed && !terminal.connected && <Notice isPlain variant="info" title={t('terminals.unconnectedNote')} />}
      <OpenAlarms id={terminal.id} />
      <Title headingLevel="h3">{t('terminals.channels')}</Title>
      <Channels terminal={terminal} />
      <Title headingLevel="h3">{t('commands.title')}</Title>
      <Commands terminal={terminal} />
      <Title headingLevel="h3">{t('terminals.recentIncidents')}</Title>
      <RecentIncidents id={terminal.id} />
      <Title headingLevel="h3">{t('terminals.recentEvents')}</Title>
      <RecentEvents id={terminal.id} />
      <Title headingLevel="h3">{t('terminals.overview')}</Title>
      <Facts
        facts={[
          [t('terminals.chain'), <ChainLabel key="chain" chain={terminal.chain} />],
          [t('terminals.durable'), terminal.durableSeq],
          [t('terminals.backlog'), t('terminals.records', { count: terminal.backlog })],
          [t('terminals.agent'), terminal.agentVersion],
          [t('terminals.certificate'), <When key="certificate" at={terminal.certificateExpiresAt} />],
          [t('terminals.serial'), terminal.certificateSerial && <span className="sk-mono sk-summary-text">{terminal.certificateSerial}</span>],
          [t('terminals.enrolled'), <When key="enrolled" at={terminal.enrolledAt} />],
          [t('terminals.revokedWhy'), terminal.revokeReason],
          ['ID', terminal.id],
        ]}
      />
      <Title headingLevel="h3">{t('terminals.inventory')}</Title>
      <Inventory terminal={terminal} />
      <Acts terminal={terminal} />
    </div>
  );
}

function OpenAlarms({ id }: { id: string }) {
  const { t } = useTranslation();
  const alarms = useQuery(alarmsQuery({ terminal: id, state: 'OPEN' })).data?.items ?? [];
  return alarms.length === 0 ? null : (
    <>
      <Title headingLevel="h3">{t('alarms.title')}</Title>
      <AlarmTable alarms={alarms} isNarrow />
    </>
  );
}

function Inventory({ terminal }: { terminal: Terminal }) {
  const { t, i18n } = useTranslation();
  const machine = terminal.inventory;
  if (machine === null || machine === undefined) {
    return <p>{t('terminals.noInventory')}</p>;
  }
  return (
    <Facts
      facts={[
        [t('terminals.os'), terminal.os],
        [t('terminals.architecture'), machine.arch],
        [t('terminals.cpu'), machine.cpu && `${machine.cpu} (${machine.logicalCpus})`],
        [
          t('terminals.memory'),
          machine.memoryBytes && `${(machine.memoryBytes / 2 ** 30).toLocaleString(i18n.language, { maximumFractionDigits: 1 })} GiB`,
        ],
        [t('terminals.hardwareSerial'), machine.hardwareSerial],
        [t('terminals.addresses'), machine.addresses.join(', ')],
        [t('terminals.sessions'), machine.users.join(', ')],
        [t('terminals.java'), machine.javaVersion],
      ]}
    />
  );
}

function RecentEvents({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const events = useQuery(terminalEventsQuery(id));
  const all = <Link to={`/events?terminal=${encodeURIComponent(id)}`}>{t('terminals.seeEvents')}</Link>;
  if (events.data === undefined || events.data.items.length === 0) {
    return (
      <p>
        {events.isPending ? t('common.loading') : t('terminals.noEvents')} {all}
      </p>
    );
  }
  return (
    <>
      <EventTable events={events.data.items} isNarrow onSelect={(terminal, seq) => void navigate(`/events/${terminal}/${seq}`)} />
      {all}
    </>
  );
}

function RecentIncidents({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const incidents = useQuery(terminalIncidentsQuery(id));
  if (incidents.data === undefined || incidents.data.items.length === 0) {
    return <p>{incidents.isPending ? t('common.loading') : t('terminals.noIncidents')}</p>;
  }
  // Narrow, with none of them selected.
  return <IncidentTable incidents={incidents.data.items} selected={-1} onSelect={(incident) => void navigate(`/incidents/${incident}`)} />;
}

function Waiting({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayEnrol = useMay('enrol');
  const approve = useMutation({
    mutationFn: () => client.POST('/api/v1/terminals/{id}/approve', { params: { path: { id: terminal.id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['terminals'] }),
  });
  return (
    <>
      <Notice
        variant="warning"
        title={t('terminals.waitingNote')}
        actionLinks={
          mayEnrol && (
            <Button variant="primary" onClick={() => approve.mutate()} isDisabled={approve.isPending} isLoading={approve.isPending}>
              {t('terminals.approve')}
            </Button>
          )
        }
      />
      {approve.isError && <ProblemAlert error={approve.error} />}
    </>
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

/** What an administrator does with a terminal. */
function Acts({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation();
  const mayEnrol = useMay('enrol');
  const mayRevoke = useMay('revoke');
  const [act, setAct] = useState<'move' | 'revoke' | 'retire'>();
  const isUsed = terminal.state === 'ACTIVE' || terminal.state === 'WAITING';
  const close = () => setAct(undefined);
  if (!mayRevoke || terminal.state === 'RETIRED') {
    return null;
  }
  return (
    <Flex>
      {mayEnrol && isUsed && (
        <Button variant="secondary" onClick={() => setAct('move')}>
          {t('terminals.move')}
        </Button>
      )}
      <Button variant="secondary" onClick={() => setAct('retire')}>
        {t('terminals.retire')}
      </Button>
      {isUsed && (
        <Button variant="danger" onClick={() => setAct('revoke')}>
          {t('terminals.revoke')}
        </Button>
      )}
      {act === 'move' && <MoveModal terminals={[terminal.id]} onClose={close} onMoved={close} />}
      {(act === 'revoke' || act === 'retire') && <CutOff terminal={terminal} act={act} onClose={close} />}
    </Flex>
  );
}

function CutOff({ terminal, act, onClose }: { terminal: Terminal; act: 'revoke' | 'retire'; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const params = { path: { id: terminal.id } };
  const cut = useMutation({
    mutationFn: (reason: string) =>
      act === 'revoke'
        ? client.POST('/api/v1/terminals/{id}/revoke', { params, body: { reason } })
        : client.POST('/api/v1/terminals/{id}/retire', { params, body: { reason } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['terminals'] });
      onClose();
    },
  });
  const isRevoking = act === 'revoke';
  return (
    <ReasonModal
      title={isRevoking ? t('terminals.revokeTitle', { host: terminal.host }) : t('terminals.retireTitle', { host: terminal.host })}
      body={<p>{isRevoking ? t('terminals.revokeBody') : t('terminals.retireBody')}</p>}
      reasonLabel={t('terminals.reason')}
      reasonHelp={t('terminals.reasonHelp')}
      confirm={isRevoking ? t('terminals.revokeConfirm') : t('terminals.retire')}
      danger
      isBusy={cut.isPending}
      error={cut.error}
      onConfirm={(reason) => cut.mutate(reason)}
      onClose={onClose}
    />
  );
}
