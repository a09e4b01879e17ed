import { createBrowserRouter } from 'react-router';
import { AccountPage } from '../features/account/AccountPage';
import { AlarmsPage } from '../features/alarms/AlarmsPage';
import { DevicePage } from '../features/device/DevicePage';
import { EventsPage } from '../features/events/EventsPage';
import { ExportsPage } from '../features/exports/ExportsPage';
import { IncidentsPage } from '../features/incidents/IncidentsPage';
import { OperatorsPage } from '../features/operators/OperatorsPage';
import { OverviewPage } from '../features/overview/OverviewPage';
import { PoliciesPage } from '../features/policies/PoliciesPage';
import { SignInPage } from '../features/session/SignInPage';
import { InvitationPage } from '../features/setup/InvitationPage';
import { SetupPage } from '../features/setup/SetupPage';
import { TerminalsPage } from '../features/terminals/TerminalsPage';
import { TokensPage } from '../features/tokens/TokensPage';
import { Loading } from '../ui/Loading';
import { Frame } from './Frame';
import { NotFoundPage } from './NotFoundPage';
import { Failure } from './Failure';

/** Every address of the console. The server answers all of them with the same document. */
export const routes = [
  { path: '/sign-in', element: <SignInPage /> },
  { path: '/setup', element: <SetupPage /> },
  { path: '/invitation', element: <InvitationPage /> },
  {
    element: <Frame />,
    errorElement: <Failure />,
    HydrateFallback: Loading,
    children: [
      { index: true, element: <OverviewPage /> },
      { path: '/alarms', element: <AlarmsPage /> },
      { path: '/terminals/:id?', element: <TerminalsPage /> },
      { path: '/events', element: <EventsPage /> },
      { path: '/events/:terminal/:seq', element: <EventsPage /> },
      { path: '/incidents/:id?', element: <IncidentsPage /> },
      {
        path: '/incidents/:id/report/:stage',
        lazy: async () => ({ Component: (await import('../features/incidents/draft/ReportDraftPage')).ReportDraftPage }),
      },
      { path: '/policies', element: <PoliciesPage /> },
      {
        // The editor is most of the code; who only looks doesn't load it.
        path: '/policies/:segment',
        lazy: async () => ({ Component: (await import('../features/policies/EditorPage')).EditorPage }),
      },
      {
        path: '/policies/:segment/:revision',
        lazy: async () => ({ Component: (await import('../features/policies/RevisionPage')).RevisionPage }),
      },
      { path: '/organisation', lazy: async () => ({ Component: (await import('../features/organisation/OrganisationPage')).OrganisationPage }) },
      {
        path: '/proposals/:id?',
        lazy: async () => ({ Component: (await import('../features/proposals/ProposalsPage')).ProposalsPage }),
      },
      {
        path: '/notifications',
        lazy: async () => ({ Component: (await import('../features/notifications/NotificationsPage')).NotificationsPage }),
      },
      {
        path: '/incident-rules',
        lazy: async () => ({ Component: (await import('../features/incidentRules/IncidentRulesPage')).IncidentRulesPage }),
      },
      {
        path: '/media/:id?',
        lazy: async () => ({ Component: (await import('../features/media/MediaPage')).MediaPage }),
      },
      {
        path: '/permits/:id?',
        lazy: async () => ({ Component: (await import('../features/permits/PermitsPage')).PermitsPage }),
      },
      {
        path: '/shadow-copies/:id?',
        lazy: async () => ({ Component: (await import('../features/shadowCopies/ShadowCopiesPage')).ShadowCopiesPage }),
      },
      { path: '/enrolment-tokens', element: <TokensPage /> },
      { path: '/exports', element: <ExportsPage /> },
      { path: '/operators/:id?', element: <OperatorsPage /> },
      { path: '/account', element: <AccountPage /> },
      { path: '/device', element: <DevicePage /> },
      { path: '/reports/:id?', lazy: async () => ({ Component: (await import('../features/reports/ReportsPage')).ReportsPage }) },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
