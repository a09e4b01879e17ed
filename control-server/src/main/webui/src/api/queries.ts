import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from './client';
import { toProblem } from './problem';
import type {
  Alarm,
  AlarmCounts,
  AlarmSettings,
  Command,
  DeviceRequest,
  EnrolmentToken,
  Explanation,
  ExportDestination,
  Incident,
  IncidentCounts,
  IncidentRules,
  IncidentState,
  Invitation,
  MailServer,
  Medium,
  MediumState,
  NotificationSubscription,
  Operator,
  OperatorToken,
  OrgUnit,
  Overview,
  Page,
  Passkey,
  Permit,
  PermitState,
  PolicyDiffResult,
  PolicyRevision,
  PolicyTemplate,
  Report,
  ReportDraft,
  ReportStage,
  SavedSearch,
  SekishoEvent,
  Segment,
  Proposal,
  Server,
  Session,
  ShadowCopy,
  ShadowCopyState,
  SimilarIncident,
  SignInMethods,
  Terminal,
  TerminalGroup,
  TerminalRollout,
  TerminalStanding,
  TerminalState,
  TerminalSummary,
  Timeline,
} from './model';

/** How often a page that shows live state looks again, in milliseconds. A person takes up to 3 s for "now". */
const LIVE = 3_000;
/** A rollout is watched while it happens. */
const WATCHED = 1_000;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => read<Session>(client.GET('/api/v1/session')),
  retry: false,
  staleTime: 60_000,
});

export const signInMethodsQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: () => read<SignInMethods>(client.GET('/api/v1/sign-in')),
  staleTime: Infinity,
});

export const operatorsQuery = queryOptions({
  queryKey: ['operators', 'list'],
  queryFn: () => read<Page<Operator>>(client.GET('/api/v1/operators')),
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => read<Page<Invitation>>(client.GET('/api/v1/invitations')),
  refetchInterval: 10_000,
});

export const operatorPasskeysQuery = (id: string) =>
  queryOptions({
    queryKey: ['operators', id, 'passkeys'],
    queryFn: () => read<Page<Passkey>>(client.GET('/api/v1/operators/{id}/passkeys', { params: { path: { id } } })),
  });

export const operatorTokensQuery = (id: string) =>
  queryOptions({
    queryKey: ['operators', id, 'tokens'],
    queryFn: () => read<Page<OperatorToken>>(client.GET('/api/v1/operators/{id}/tokens', { params: { path: { id } } })),
  });

export const ownPasskeysQuery = queryOptions({
  queryKey: ['account', 'passkeys'],
  queryFn: () => read<Page<Passkey>>(client.GET('/api/v1/account/passkeys')),
});

export const ownTokensQuery = queryOptions({
  queryKey: ['account', 'tokens'],
  queryFn: () => read<Page<OperatorToken>>(client.GET('/api/v1/account/tokens')),
});

export const orgUnitsQuery = queryOptions({
  queryKey: ['org-units'],
  queryFn: () => read<Page<OrgUnit>>(client.GET('/api/v1/org-units')),
  staleTime: 60_000,
});

export const deviceQuery = (code: string) =>
  queryOptions({
    queryKey: ['device', code],
    queryFn: () => read<DeviceRequest>(client.GET('/api/v1/device/requests/{code}', { params: { path: { code } } })),
    enabled: code !== '',
    retry: false,
  });

export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: () => read<Server>(client.GET('/api/v1/server')),
  staleTime: 300_000,
});

export const terminalsQuery = (filter: { q?: string; segment?: Segment }) =>
  queryOptions({
    queryKey: ['terminals', filter],
    queryFn: () =>
      read<Page<Terminal>>(client.GET('/api/v1/terminals', { params: { query: { ...present(filter), limit: 500 } } })),
    refetchInterval: LIVE,
    placeholderData: (before) => before,
  });

/** What a list of terminals is narrowed to; all that is set must hold. */
export interface TerminalNarrowing {
  q?: string;
  segment?: string;
  orgUnit?: string;
  group?: string;
  standing?: TerminalStanding;
  state?: TerminalState;
}

/** A page shows so many; more than a screen, few enough to be drawn at once. */
const PAGE = 100;

export const terminalPageQuery = (asked: TerminalNarrowing & { sort?: string; after?: string }) =>
  queryOptions({
    queryKey: ['terminals', 'page', asked],
    queryFn: () =>
      read<Page<Terminal>>(client.GET('/api/v1/terminals', { params: { query: { ...present(asked), limit: PAGE } } })),
    refetchInterval: LIVE,
    placeholderData: (before) => before,
  });

export const terminalSummaryQuery = (asked: TerminalNarrowing) =>
  queryOptions({
    queryKey: ['terminals', 'summary', asked],
    queryFn: () => read<TerminalSummary>(client.GET('/api/v1/terminals/summary', { params: { query: present(asked) } })),
    refetchInterval: LIVE,
    placeholderData: (before) => before,
  });

export const groupsQuery = queryOptions({
  queryKey: ['terminal-groups'],
  queryFn: () => read<Page<TerminalGroup>>(client.GET('/api/v1/terminal-groups')),
  staleTime: 60_000,
});

/** The newest few of one terminal; the lists themselves have all. */
const FEW = 5;

export const terminalEventsQuery = (terminal: string) =>
  queryOptions({
    queryKey: ['events', 'of', terminal],
    queryFn: () => read<Page<SekishoEvent>>(client.GET('/api/v1/events', { params: { query: { terminal, limit: FEW } } })),
    refetchInterval: LIVE,
  });

export const commandsQuery = (terminal: string) =>
  queryOptions({
    queryKey: ['terminals', terminal, 'commands'],
    queryFn: () =>
      read<Page<Command>>(client.GET('/api/v1/terminals/{id}/commands', { params: { path: { id: terminal }, query: { limit: FEW } } })),
    refetchInterval: WATCHED,
  });

export const terminalIncidentsQuery = (terminal: string) =>
  queryOptions({
    queryKey: ['incidents', 'of', terminal],
    queryFn: () => read<Page<Incident>>(client.GET('/api/v1/incidents', { params: { query: { terminal, limit: FEW } } })),
    refetchInterval: LIVE,
  });

export const terminalQuery = (id: string) =>
  queryOptions({
    queryKey: ['terminals', id],
    queryFn: () => read<Terminal>(client.GET('/api/v1/terminals/{id}', { params: { path: { id } } })),
    refetchInterval: LIVE,
  });

export const tokensQuery = queryOptions({
  queryKey: ['enrolment-tokens'],
  queryFn: () => read<Page<EnrolmentToken>>(client.GET('/api/v1/enrolment-tokens', { params: { query: { limit: 500 } } })),
  refetchInterval: 10_000,
});

export const eventQuery = (terminal: string, seq: number) =>
  queryOptions({
    queryKey: ['events', terminal, seq],
    queryFn: () => read<SekishoEvent>(client.GET('/api/v1/events/{terminal}/{seq}', { params: { path: { terminal, seq } } })),
    // An event never changes.
    staleTime: Infinity,
  });

export interface IncidentFilter {
  state?: IncidentState;
  q?: string;
  open?: true;
  mine?: true;
  overdue?: true;
}

export const incidentCountsQuery = queryOptions({
  queryKey: ['incidents', 'counts'],
  queryFn: () => read<IncidentCounts>(client.GET('/api/v1/incidents/counts')),
  refetchInterval: 10_000,
});

export const timelineQuery = (id: number, minutes: number) =>
  queryOptions({
    queryKey: ['incidents', id, 'timeline', minutes],
    queryFn: () =>
      read<Timeline>(
        client.GET('/api/v1/incidents/{id}/timeline', { params: { path: { id }, query: { minutes } } }),
      ),
    placeholderData: (before) => before,
  });

export const similarQuery = (id: number) =>
  queryOptions({
    queryKey: ['incidents', id, 'similar'],
    queryFn: () =>
      read<Page<SimilarIncident>>(client.GET('/api/v1/incidents/{id}/similar', { params: { path: { id } } })),
  });

/** How often figures from afar are counted again, in milliseconds; alarms tell of themselves. */
const GLANCE = 30_000;

export const overviewQuery = (days: number) =>
  queryOptions({
    queryKey: ['overview', days],
    queryFn: () =>
      read<Overview>(
        client.GET('/api/v1/overview', { params: { query: { days, utcOffset: -new Date().getTimezoneOffset() } } }),
      ),
    refetchInterval: GLANCE,
    placeholderData: (before) => before,
  });

export const alarmsQuery = (filter: { state?: string; kind?: string; terminal?: string }) =>
  queryOptions({
    queryKey: ['alarms', 'list', filter],
    queryFn: () =>
      read<Page<Alarm>>(
        client.GET('/api/v1/alarms', {
          // What the address says is the server's to judge.
          params: { query: { ...(present(filter) as { state?: 'OPEN' | 'CLEARED'; kind?: Alarm['kind'] }), limit: 200 } },
        }),
      ),
    refetchInterval: GLANCE,
    placeholderData: (before) => before,
  });

export const alarmCountsQuery = queryOptions({
  queryKey: ['alarms', 'counts'],
  queryFn: () => read<AlarmCounts>(client.GET('/api/v1/alarms/counts')),
  refetchInterval: 10_000,
});

export const reportsQuery = queryOptions({
  queryKey: ['reports', 'list'],
  queryFn: () => read<Page<Report>>(client.GET('/api/v1/reports')),
  refetchInterval: LIVE,
});

export const reportQuery = (id: number, language: string) =>
  queryOptions({
    queryKey: ['reports', id, language],
    queryFn: () => read<Report>(client.GET('/api/v1/reports/{id}', { params: { path: { id }, query: { language } } })),
    // Once it is made it never changes.
    refetchInterval: (query) => (query.state.data?.state === 'WAITING' || query.state.data?.state === 'RUNNING' ? WATCHED : false),
    placeholderData: (before) => before,
  });

export const reportDraftQuery = (id: number, stage: ReportStage, language: string) =>
  queryOptions({
    queryKey: ['incidents', id, 'report-draft', stage, language],
    queryFn: () =>
      read<ReportDraft>(
        client.GET('/api/v1/incidents/{id}/report-drafts/{stage}', { params: { path: { id, stage }, query: { language } } }),
      ),
  });

export const alarmSettingsQuery = queryOptions({
  queryKey: ['alarms', 'settings'],
  queryFn: () => read<AlarmSettings>(client.GET('/api/v1/alarm-settings')),
});

export const exportsQuery = queryOptions({
  queryKey: ['export-destinations'],
  queryFn: () => read<Page<ExportDestination>>(client.GET('/api/v1/export-destinations')),
  refetchInterval: LIVE,
});

export const savedSearchesQuery = queryOptions({
  queryKey: ['saved-searches'],
  queryFn: () => read<Page<SavedSearch>>(client.GET('/api/v1/saved-searches')),
  staleTime: 60_000,
});

export const incidentsQuery = (filter: IncidentFilter) =>
  queryOptions({
    queryKey: ['incidents', 'list', filter],
    queryFn: () =>
      read<Page<Incident>>(client.GET('/api/v1/incidents', { params: { query: { ...present(filter), limit: 200 } } })),
    refetchInterval: LIVE,
    placeholderData: (before) => before,
  });

export const incidentQuery = (id: number) =>
  queryOptions({
    queryKey: ['incidents', id],
    queryFn: () => read<Incident>(client.GET('/api/v1/incidents/{id}', { params: { path: { id } } })),
    refetchInterval: LIVE,
  });

export const policiesQuery = queryOptions({
  queryKey: ['policies', 'list'],
  queryFn: () => read<Page<PolicyRevision>>(client.GET('/api/v1/policies', { params: { query: { limit: 100 } } })),
  refetchInterval: LIVE,
});

export const templatesQuery = queryOptions({
  queryKey: ['policies', 'templates'],
  queryFn: () => read<PolicyTemplate[]>(client.GET('/api/v1/policies/templates')),
  staleTime: Infinity,
});

export const policyQuery = (segment: Segment, revision: number) =>
  queryOptions({
    queryKey: ['policies', segment, revision],
    queryFn: () =>
      read<PolicyRevision>(client.GET('/api/v1/policies/{segment}/{revision}', { params: { path: { segment, revision } } })),
    // Its text never changes; whom it is meant for may.
    staleTime: 60_000,
  });

export const explanationQuery = (terminal: string, seq: number) =>
  queryOptions({
    queryKey: ['events', terminal, seq, 'explanation'],
    queryFn: () =>
      read<Explanation>(client.GET('/api/v1/events/{terminal}/{seq}/explanation', { params: { path: { terminal, seq } } })),
    // Neither the event nor the revision that decided it changes.
    staleTime: Infinity,
  });

export const proposalsQuery = (open: boolean) =>
  queryOptions({
    queryKey: ['proposals', 'list', open],
    queryFn: () => read<Page<Proposal>>(client.GET('/api/v1/policy-proposals', { params: { query: { open, limit: 100 } } })),
    refetchInterval: 10_000,
  });

export const proposalQuery = (id: number) =>
  queryOptions({
    queryKey: ['proposals', id],
    queryFn: () => read<Proposal>(client.GET('/api/v1/policy-proposals/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  });

export const revisionDiffQuery = (segment: Segment, revision: number, against: number) =>
  queryOptions({
    queryKey: ['policies', segment, revision, 'diff', against],
    queryFn: () =>
      read<PolicyDiffResult>(
        client.GET('/api/v1/policies/{segment}/{revision}/diff', { params: { path: { segment, revision }, query: { against } } }),
      ),
    // Two revisions never change.
    staleTime: Infinity,
  });

export const rolloutQuery = (segment: Segment, revision: number) =>
  queryOptions({
    queryKey: ['policies', segment, revision, 'rollout'],
    queryFn: () =>
      read<Page<TerminalRollout>>(
        client.GET('/api/v1/policies/{segment}/{revision}/rollout', {
          params: { path: { segment, revision }, query: { limit: 500 } },
        }),
      ),
    refetchInterval: WATCHED,
  });

export const incidentRulesQuery = queryOptions({
  queryKey: ['incident-rules'],
  queryFn: () => read<IncidentRules>(client.GET('/api/v1/incident-rules')),
  // A draft is being written on it: what somebody else saves meanwhile is told by the server.
  staleTime: Infinity,
  refetchOnMount: 'always',
});

export const subscriptionsQuery = queryOptions({
  queryKey: ['notifications', 'subscriptions'],
  queryFn: () => read<Page<NotificationSubscription>>(client.GET('/api/v1/notification-subscriptions')),
  refetchInterval: 10_000,
});

/** Null where none is set. */
export const mailServerQuery = queryOptions({
  queryKey: ['notifications', 'mail-server'],
  queryFn: async () => {
    try {
      return await read<MailServer>(client.GET('/api/v1/mail-server'));
    } catch (error) {
      if (toProblem(error).status === 404) {
        return null;
      }
      throw error;
    }
  },
});

export interface MediaNarrowing {
  segment?: Segment;
  state?: MediumState;
  q?: string;
  after?: string;
}

export const mediaQuery = (asked: MediaNarrowing) =>
  queryOptions({
    queryKey: ['media', 'list', asked],
    queryFn: () => read<Page<Medium>>(client.GET('/api/v1/media', { params: { query: { ...present(asked), limit: PAGE } } })),
    refetchInterval: 10_000,
    placeholderData: (before) => before,
  });

export const mediumQuery = (id: string) =>
  queryOptions({
    queryKey: ['media', id],
    queryFn: () => read<Medium>(client.GET('/api/v1/media/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  });

export interface PermitNarrowing {
  state?: PermitState;
  user?: string;
  terminal?: string;
  after?: string;
}

export const permitsQuery = (asked: PermitNarrowing) =>
  queryOptions({
    queryKey: ['permits', 'list', asked],
    queryFn: () => read<Page<Permit>>(client.GET('/api/v1/permits', { params: { query: { ...present(asked), limit: PAGE } } })),
    refetchInterval: LIVE,
    placeholderData: (before) => before,
  });

export const permitQuery = (id: string) =>
  queryOptions({
    queryKey: ['permits', id],
    queryFn: () => read<Permit>(client.GET('/api/v1/permits/{id}', { params: { path: { id } } })),
    refetchInterval: WATCHED,
  });

export const permitEventsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['permits', id, 'events'],
    queryFn: ({ pageParam }) =>
      read<Page<SekishoEvent>>(
        client.GET('/api/v1/permits/{id}/events', { params: { path: { id }, query: { ...present({ after: pageParam }), limit: PAGE } } }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: LIVE,
  });

export interface ShadowCopyNarrowing {
  state?: ShadowCopyState;
  terminal?: string;
  after?: string;
}

export const shadowCopiesQuery = (asked: ShadowCopyNarrowing) =>
  queryOptions({
    queryKey: ['shadow-copies', 'list', asked],
    queryFn: () =>
      read<Page<ShadowCopy>>(client.GET('/api/v1/shadow-copies', { params: { query: { ...present(asked), limit: PAGE } } })),
    refetchInterval: 10_000,
    placeholderData: (before) => before,
  });

export const shadowCopyQuery = (id: string) =>
  queryOptions({
    queryKey: ['shadow-copies', id],
    queryFn: () => read<ShadowCopy>(client.GET('/api/v1/shadow-copies/{id}', { params: { path: { id } } })),
    // Two people work on it at once.
    refetchInterval: LIVE,
  });

/** Without what is empty or absent. */
export function present<T extends object>(filter: T): Partial<T> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '' && value !== undefined)) as Partial<T>;
}
