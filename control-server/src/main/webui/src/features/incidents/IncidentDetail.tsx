import { Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Incident } from '../../api/model';
import { incidentQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { IncidentStateLabel, SeverityLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useBilingual, useWord } from '../../ui/words';
import { EventTable } from '../events/EventTable';
import { IncidentActions } from './IncidentActions';
import { Notes } from './Notes';

/** One incident: what, who, where; its notes and its events. */
export function IncidentDetail({ id }: { id: number }) {
  const incident = useQuery(incidentQuery(id));
  if (incident.isPending) {
    return <Loading />;
  }
  if (incident.data === undefined) {
    return <ProblemAlert error={incident.error} onRetry={() => void incident.refetch()} />;
  }
  return <Detail incident={incident.data} />;
}

function Detail({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const word = useWord();
  const text = useBilingual();
  const navigate = useNavigate();
  const mayRespond = useMay('respond');
  const events = incident.events ?? [];
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{text(incident.title)}</Title>
      <Facts
        facts={[
          [t('incidents.state'), <IncidentStateLabel key="state" state={incident.state} />],
          [t('incidents.severity'), <SeverityLabel key="severity" severity={incident.severity} />],
          [t('incidents.owner'), incident.owner ?? t('incidents.nobody')],
          [
            t('incidents.terminal'),
            <Link key="terminal" to={`/terminals/${encodeURIComponent(incident.terminal)}`}>
              {incident.host ?? incident.terminal}
            </Link>,
          ],
          [t('incidents.user'), incident.user],
          [t('incidents.rule'), incident.rule],
          [t('common.details'), incident.detail],
          [t('terminals.channels'), incident.channel == null ? null : word('channel', incident.channel)],
          [t('incidents.count'), t('incidents.eventCount', { count: incident.count })],
          [t('incidents.first'), <When key="first" at={incident.firstAt} />],
          [t('incidents.last'), <When key="last" at={incident.lastAt} />],
        ]}
      />
      {mayRespond ? <IncidentActions incident={incident} /> : <p className="sk-subtle">{t('common.readOnly')}</p>}
      <Notes incident={incident} mayAdd={mayRespond} />
      <Title headingLevel="h3">{t('incidents.events')}</Title>
      {events.length > 0 ? (
        <EventTable
          events={events}
          isNarrow
          onSelect={(terminal, seq) => void navigate(`/events/${encodeURIComponent(terminal)}/${seq}`)}
        />
      ) : (
        <p className="sk-subtle">{t('incidents.noEvents')}</p>
      )}
    </div>
  );
}
