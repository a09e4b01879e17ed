import { queryOptions } from '@tanstack/react-query';
import { body, client } from './client';

/** How often a page that shows live state looks again, in milliseconds. A person takes up to 3 s for "now". */
const LIVE = 3_000;
/** A rollout is watched while it happens. */
const WATCHED = 1_000;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => body(client.GET('/api/v1/session')),
  retry: false,
  staleTime: 60_000,
});

export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: () => body(client.GET('/api/v1/server')),
  staleTime: 300_000,
});

export interface TerminalFilter {
  state: string;
  q: string;
}

export const terminalsQuery = (filter: TerminalFilter) =>
  queryOptions({
    queryKey: ['terminals', filter],
    queryFn: () =>
      body(client.GET('/api/v1/terminals', { params: { query: { ...present(filter), limit: 500 } } })),
    refetchInterval: LIVE,
    placeholderData: (before) => before,
  });

export const terminalQuery = (id: string) =>
  queryOptions({
    queryKey: ['terminals', id],
    queryFn: () => body(client.GET('/api/v1/terminals/{id}', { params: { path: { id } } })),
    refetchInterval: LIVE,
  });

export const tokensQuery = queryOptions({
  queryKey: ['enrolment-tokens'],
  queryFn: () => body(client.GET('/api/v1/enrolment-tokens', { params: { query: { limit: 500 } } })),
  refetchInterval: 10_000,
});

export const eventQuery = (terminal: string, seq: number) =>
  queryOptions({
    queryKey: ['events', terminal, seq],
    queryFn: () => body(client.GET('/api/v1/events/{terminal}/{seq}', { params: { path: { terminal, seq } } })),
    // An event never changes.
    staleTime: Infinity,
  });

export interface IncidentFilter {
  state: string;
  q: string;
}

export const incidentsQuery = (filter: IncidentFilter) =>
  queryOptions({
    queryKey: ['incidents', 'list', filter],
    queryFn: () =>
      body(client.GET('/api/v1/incidents', { params: { query: { ...present(filter), limit: 200 } } })),
    refetchInterval: LIVE,
    placeholderData: (before) => before,
  });

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: ['incidents', id],
    queryFn: () => body(client.GET('/api/v1/incidents/{id}', { params: { path: { id } } })),
    refetchInterval: LIVE,
  });

export const policiesQuery = queryOptions({
  queryKey: ['policies', 'list'],
  queryFn: () => body(client.GET('/api/v1/policies', { params: { query: { limit: 100 } } })),
  refetchInterval: LIVE,
});

export const templatesQuery = queryOptions({
  queryKey: ['policies', 'templates'],
  queryFn: () => body(client.GET('/api/v1/policies/templates')),
  staleTime: Infinity,
});

export const policyQuery = (segment: string, revision: string) =>
  queryOptions({
    queryKey: ['policies', segment, revision],
    queryFn: () =>
      body(client.GET('/api/v1/policies/{segment}/{revision}', { params: { path: { segment, revision } } })),
    staleTime: Infinity,
  });

export const rolloutQuery = (segment: string, revision: number) =>
  queryOptions({
    queryKey: ['policies', segment, revision, 'rollout'],
    queryFn: () =>
      body(
        client.GET('/api/v1/policies/{segment}/{revision}/rollout', {
          params: { path: { segment, revision: String(revision) }, query: { limit: 500 } },
        }),
      ),
    refetchInterval: WATCHED,
  });

/** Without what is empty. */
export function present<T extends object>(filter: T): Partial<T> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '')) as Partial<T>;
}
