import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { client, read } from '../../api/client';
import { follow, type FeedState } from '../../api/liveFeed';
import type { Page, SekishoEvent } from '../../api/model';
import { present } from '../../api/queries';
import { MOST_LIVE, MOST_SHOWN, merge, needsServer, passes, type EventSearch } from './eventList';

/** Milliseconds between two paints of arriving events: fast enough to be live, slow enough to be read. */
const PAINT = 250;
/** Milliseconds between two searches where only the server can judge what arrives. */
const SEARCH = 2_000;
const PAGE = 100;

/** Stored events to begin with, then live ones; a pause keeps them back without losing any that fit. */
export function useLiveEvents(search: EventSearch) {
  const queries = useQueryClient();
  const key = useMemo(() => ['events', 'newest', search] as const, [search]);
  const stored = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      read<Page<SekishoEvent>>(
        client.GET('/api/v1/events', { params: { query: { ...present({ ...search, after: pageParam }), limit: PAGE } } }),
      ),
    initialPageParam: '',
    getNextPageParam: (last, pages) => (pages.length * PAGE < MOST_SHOWN ? last.next : null),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

  const arrived = useRef<SekishoEvent[]>([]);
  const isDue = useRef(false);
  const [live, setLive] = useState<{ of: EventSearch; events: SekishoEvent[] }>({ of: search, events: [] });
  const [waiting, setWaiting] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const [feed, setFeed] = useState<FeedState>('connecting');
  const [isLagged, setLagged] = useState(false);

  const flush = useCallback(() => {
    const fresh = arrived.current;
    if (fresh.length > 0) {
      arrived.current = [];
      setLive((known) => ({ of: search, events: merge(fresh, known.of === search ? known.events : [], MOST_LIVE) }));
    }
    setWaiting(0);
  }, [search]);

  useEffect(() => {
    arrived.current = [];
    isDue.current = false;
    let wasLost = false;
    const asksServer = needsServer(search);
    return follow('/api/v1/events/stream', 'event', {
      event: (data) => {
        const event = data as SekishoEvent;
        if (!passes(event, search)) {
          return;
        }
        if (asksServer) {
          isDue.current = true;
        } else {
          arrived.current = [event, ...arrived.current].slice(0, MOST_LIVE);
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
  }, [search, key, queries]);

  useEffect(() => {
    const paint = setInterval(() => {
      if (isPaused) {
        setWaiting(arrived.current.length);
      } else if (arrived.current.length > 0) {
        flush();
      }
    }, PAINT);
    const ask = setInterval(() => {
      if (!isPaused && isDue.current) {
        isDue.current = false;
        void queries.invalidateQueries({ queryKey: key });
      }
    }, SEARCH);
    return () => {
      clearInterval(paint);
      clearInterval(ask);
    };
  }, [isPaused, flush, key, queries]);

  const events = useMemo(
    () =>
      merge(
        live.of === search ? live.events : [],
        stored.data?.pages.flatMap((page) => page.items) ?? [],
        MOST_SHOWN,
      ),
    [live, search, stored.data],
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

  return { events, stored, feed, isPaused, waiting, isLagged, pause, resume, flush, reload };
}
