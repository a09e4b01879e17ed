import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { Incident, IncidentFindingKind, IncidentState } from '../../api/model';
import { incidentQuery } from '../../api/queries';

export interface IncidentChange {
  state?: IncidentState;
  owner?: string;
  note?: string;
  tags?: string[];
  finding?: { kind: IncidentFindingKind; text: string };
}

/** Changes an incident as it was last seen; the server refuses (409) when somebody else was faster. */
export function useIncidentChange(incident: Incident) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: IncidentChange) =>
      read<Incident>(
        client.PATCH('/api/v1/incidents/{id}', {
          params: { path: { id: incident.id } },
          body: { ...change, version: incident.version },
        }),
      ),
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: incidentQuery(incident.id).queryKey }),
        queries.invalidateQueries({ queryKey: ['incidents', 'list'] }),
        queries.invalidateQueries({ queryKey: ['incidents', 'counts'] }),
      ]);
    },
  });
}
