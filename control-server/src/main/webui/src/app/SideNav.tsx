import { Badge, Nav, NavGroup, NavItem, PageSidebar, PageSidebarBody } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { alarmCountsQuery, incidentCountsQuery, proposalsQuery } from '../api/queries';
import { useMay } from './session';

/** The pages, by what a person comes for. */
export function SideNav() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const maySeeTokens = useMay('seeTokens');
  const maySeeOperators = useMay('seeInvitations');
  const maySeeNotifications = useMay('seeNotifications');
  const maySeeExports = useMay('seeExports');
  const maySeeReports = useMay('seeReports');
  const fresh = useQuery(incidentCountsQuery).data?.fresh ?? 0;
  const unseen = useQuery(alarmCountsQuery).data?.unseen ?? 0;
  const mayApprove = useMay('approve');
  const open = useQuery({ ...proposalsQuery(true), enabled: mayApprove }).data?.items ?? [];
  // One's own wait for somebody else.
  const waiting = open.filter((proposal) => !proposal.mine).length;

  const item = (path: string, text: string, count = 0, inWords = t('app.newIncidents', { count })) => {
    const isActive = pathname === path || (path !== '/' && pathname.startsWith(`${path}/`));
    return (
      <NavItem key={path} isActive={isActive}>
        <Link to={path} aria-current={isActive ? 'page' : undefined}>
          {text}
          {count > 0 && (
            <Badge screenReaderText={inWords} className="sk-badge">
              {count}
            </Badge>
          )}
        </Link>
      </NavItem>
    );
  };

  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label={t('app.nav')}>
          <NavGroup title={t('app.groupWatch')}>
            {item('/', t('overview.title'))}
            {item('/terminals', t('app.terminals'))}
            {item('/alarms', t('alarms.title'), unseen, t('alarms.unseen', { count: unseen }))}
            {item('/events', t('app.events'))}
            {item('/incidents', t('app.incidents'), fresh)}
            {item('/shadow-copies', t('shadowCopies.title'))}
            {maySeeReports && item('/reports', t('reports.title'))}
          </NavGroup>
          <NavGroup title={t('app.groupManage')}>
            {item('/policies', t('app.policies'))}
            {item('/organisation', t('app.organisation'))}
            {item('/incident-rules', t('incidentRules.title'))}
            {item('/permits', t('permits.title'))}
            {item('/media', t('media.title'))}
            {item('/proposals', t('app.proposals'), waiting, t('proposals.waiting', { count: waiting }))}
            {maySeeTokens && item('/enrolment-tokens', t('app.tokens'))}
            {maySeeExports && item('/exports', t('exports.title'))}
            {maySeeNotifications && item('/notifications', t('notifications.title'))}
            {maySeeOperators && item('/operators', t('app.operators'))}
          </NavGroup>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}
