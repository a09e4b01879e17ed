import { Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Incident } from '../../api/model';
import { incidentQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { IncidentStateLabel, OverdueLabel, SeverityLabel } from '../../ui/labels';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useBilingual, useWord } from '../../ui/words';
import { EventActs } from '../permits/EventActs';
import { IncidentActions } from './IncidentActions';
import { Evidence } from './Evidence';
import { FindingNote } from './FindingNote';
import { Links } from './Links';
import { Notes } from './Notes';
import { ReportClock } from './ReportClock';
import { Similar } from './Similar';
import { TagList } from './TagList';
import { Timeline } from './Timeline';

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
  const mayRespond = useMay('respond');
  const attempt = incident.events?.find((event) => event.kind === 'ATTEMPT');
  const mayTakeEvidence = useMay('takeEvidence');
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{text(incident.title)}</Title>
      <Facts
        facts={[
          [t('incidents.number'), incident.id],
          [
            t('incidents.state'),
            <span key="state" className="sk-tags">
              <IncidentStateLabel state={incident.state} />
              {incident.overdue && <OverdueLabel />}
            </span>,
          ],
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
          [t('incidents.opened'), <When key="opened" at={incident.openedAt} />],
          [
            t('incidents.due'),
            incident.state === 'CLOSED' || incident.dueAt == null ? null : <When key="due" at={incident.dueAt} />,
          ],
          [t('incidents.tags'), incident.tags.length === 0 ? null : <TagList key="tags" tags={incident.tags} />],
        ]}
      />
      {incident.finding != null && <FindingNote finding={incident.finding} />}
      {mayRespond ? <IncidentActions incident={incident} /> : <p className="sk-subtle">{t('common.readOnly')}</p>}
      {attempt !== undefined && <EventActs event={attempt} />}
      {mayTakeEvidence && <Evidence id={incident.id} />}
      <Notes incident={incident} mayAdd={mayRespond} />
      <Timeline incident={incident} />
      <ReportClock incident={incident} mayChange={mayRespond} />
      <Links incident={incident} mayChange={mayRespond} />
      <Similar incident={incident} mayChange={mayRespond} />
    </div>
  );
}
