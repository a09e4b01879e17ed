import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { Incident } from '../../api/model';

/** Links an incident with another, or takes the link away. */
export function useLinks(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ other, isLinked }: { other: number; isLinked: boolean }) => {
      const params = { path: { id, other } };
      return read<Incident>(
        isLinked
          ? client.PUT('/api/v1/incidents/{id}/links/{other}', { params })
          : client.DELETE('/api/v1/incidents/{id}/links/{other}', { params }),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['incidents'] }),
  });
}
