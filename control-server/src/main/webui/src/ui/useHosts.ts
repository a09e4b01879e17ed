import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { terminalsQuery } from '../api/queries';

/** Terminals by the names that people know; the id where no name is known. */
export function useHosts(): (terminal: string) => string {
  const items = useQuery({ ...terminalsQuery({}), refetchInterval: false, staleTime: 60_000 }).data?.items;
  const hosts = useMemo(() => new Map(items?.map((terminal) => [terminal.id, terminal.host])), [items]);
  return useCallback((terminal) => hosts.get(terminal) ?? terminal, [hosts]);
}
