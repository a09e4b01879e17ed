import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { Medium } from '../../api/model';
import type { components } from '../../api/schema.gen';

export type MediumChange = Omit<components['schemas']['MediumChange'], 'version'>;

/** Changes a medium as it was last seen; the server refuses (409) when somebody else was faster. */
export function useMediumChange(medium: Medium) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: MediumChange) =>
      read<Medium>(
        client.PATCH('/api/v1/media/{id}', {
          params: { path: { id: medium.id } },
          body: { ...change, version: medium.version },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['media'] }),
  });
}
