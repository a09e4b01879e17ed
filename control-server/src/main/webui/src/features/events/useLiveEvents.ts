import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { client, read } from '../../api/client';
import { follow, type FeedState } from '../../api/liveFeed';
import type { Page, SekishoEvent } from '../../api/model';
import { present } from '../../api/queries';
import { MOST_SHOWN, merge, passes, type EventFilter } from './eventList';

/** Milliseconds between two paints of arriving events: fast enough to be live, slow enough to be read. */
const PAINT = 250;

/** Stored events to begin with, then live ones; a pause keeps them back without losing any that fit. */
export function useLiveEvents(filter: EventFilter) {
  const queries = useQueryClient();
  const key = useMemo(() => ['events', 'newest', filter] as const, [filter]);
  const newest = useQuery({
    queryKey: key,
    queryFn: () => read<Page<SekishoEvent>>(client.GET('/api/v1/events', { params: { query: { ...present(filter), limit: 100 } } })),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

  const arrived = useRef<SekishoEvent[]>([]);
  const [live, setLive] = useState<{ of: EventFilter; events: SekishoEvent[] }>({ of: filter, events: [] });
  const [waiting, setWaiting] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const [feed, setFeed] = useState<FeedState>('connecting');
  const [isLagged, setLagged] = useState(false);

  const flush = useCallback(() => {
    const fresh = arrived.current;
    if (fresh.length > 0) {
      arrived.current = [];
      setLive((known) => ({ of: filter, events: merge(fresh, known.of === filter ? known.events : []) }));
    }
    setWaiting(0);
  }, [filter]);

  useEffect(() => {
    arrived.current = [];
    let wasLost = false;
    const query = new URLSearchParams(present(filter)).toString();
    return follow(`/api/v1/events/stream${query === '' ? '' : `?${query}`}`, 'event', {
      event: (data) => {
        const event = data as SekishoEvent;
        if (passes(event, filter)) {
          arrived.current = [event, ...arrived.current].slice(0, MOST_SHOWN);
        }
      },
      state: (state) => {
        setFeed(state);
        if (state === 'open' && wasLost) {
          // What came during the break is in the store.
          void queries.invalidateQueries({ queryKey: key });
        }
        wasLost = state === 'lost' || (wasLost && state !== 'open');
      },
      lagged: () => setLagged(true),
    });
  }, [filter, key, queries]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (isPaused) {
        setWaiting(arrived.current.length);
      } else if (arrived.current.length > 0) {
        flush();
      }
    }, PAINT);
    return () => clearInterval(timer);
  }, [isPaused, flush]);

  const events = useMemo(
    () => merge(live.of === filter ? live.events : [], newest.data?.items ?? []),
    [live, filter, newest.data],
  );
  const reload = useCallback(() => {
    setLagged(false);
    void queries.invalidateQueries({ queryKey: key });
  }, [key, queries]);
  const pause = useCallback(() => setPaused(true), []);
  const resume = useCallback(() => {
    setPaused(false);
    flush();
  }, [flush]);

  return { events, newest, feed, isPaused, waiting, isLagged, pause, resume, flush, reload };
}
