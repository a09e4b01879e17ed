import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { follow } from '../../api/liveFeed';

/** Looks again as soon as the server tells of an alarm. */
export function useAlarmFeed(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const look = () => {
      void queries.invalidateQueries({ queryKey: ['alarms'] });
      void queries.invalidateQueries({ queryKey: ['overview'] });
    };
    return follow('/api/v1/alarms/stream', 'alarm', { event: look, lagged: look, state: () => undefined });
  }, [queries]);
}
