import { queryOptions, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { client, read } from '../api/client';
import type { Page, Terminal } from '../api/model';

/** What the server takes in one request. */
const MOST = 100;

/** A host seldom gets another name. */
const FRESH = 600_000;

type Hosts = ReadonlyMap<string, string>;

let wanted = new Set<string>();
let next: Promise<Hosts> | undefined;

/** Asks for all that is wanted at one moment together. */
function hostsSoon(terminal: string): Promise<Hosts> {
  wanted.add(terminal);
  next ??= Promise.resolve().then(async () => {
    const ids = [...wanted];
    wanted = new Set();
    next = undefined;
    const parts = Array.from({ length: Math.ceil(ids.length / MOST) }, (_part, index) => ids.slice(index * MOST, (index + 1) * MOST));
    const pages = await Promise.all(
      parts.map((id) => read<Page<Terminal>>(client.GET('/api/v1/terminals', { params: { query: { id, limit: MOST } } }))),
    );
    return new Map(pages.flatMap((page) => page.items).map((found) => [found.id, found.host]));
  });
  return next;
}

const hostQuery = (terminal: string) =>
  queryOptions({
    queryKey: ['host', terminal],
    queryFn: async () => (await hostsSoon(terminal)).get(terminal) ?? null,
    staleTime: FRESH,
  });

/** These terminals by the names that people know; the id where no name is known. */
export function useHosts(terminals: readonly string[]): (terminal: string) => string {
  // Ids have no blanks; the same terminals are the same question, whichever list they came in.
  const asked = [...new Set(terminals)].sort().join(' ');
  const ids = useMemo(() => (asked === '' ? [] : asked.split(' ')), [asked]);
  const hosts = useQueries({
    queries: ids.map(hostQuery),
    combine: useCallback(
      (answers: readonly { data?: string | null | undefined }[]) => new Map(ids.map((id, index) => [id, answers[index]?.data ?? id])),
      [ids],
    ),
  });
  return useCallback((terminal) => hosts.get(terminal) ?? terminal, [hosts]);
}
