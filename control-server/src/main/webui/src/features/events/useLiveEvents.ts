import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useTransition } from 'react';
import { client, read } from '../../api/client';
import { follow, type FeedState } from '../../api/liveFeed';
import type { Page, SekishoEvent } from '../../api/model';
import { present } from '../../api/queries';
import { advance, eventKey, MOST_LIVE, MOST_SHOWN, needsServer, NOTHING_LIVE, passes, whole, type EventSearch, type Live } from './eventList';

/** Milliseconds from one paint of arriving events to the next: fast enough to be live, slow enough to be read. */
const PAINT = 250;
/** Milliseconds between two searches where only the server can judge what arrives. */
const SEARCH = 2_000;
const PAGE = 100;

/**
 * Stored events to begin with, then live ones. A pause keeps them back, and so does the reader who is further down.
 *
 * @param isReading whether somebody is, for whom nothing should move
 */
export function useLiveEvents(search: EventSearch, isReading: boolean) {
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
  const isArrivedCut = useRef(false);
  const isDue = useRef(false);
  const isBehind = useRef(false);
  const [known, setKnown] = useState<{ of: EventSearch; live: Live }>({ of: search, live: NOTHING_LIVE });
  const live = known.of === search ? known.live : NOTHING_LIVE;
  const [waiting, setWaiting] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const [isCatchingUp, setCatchingUp] = useState(false);
  const [feed, setFeed] = useState<FeedState>('connecting');
  const [isLagged, setLagged] = useState(false);
  // Rows are drawn in small steps, between which the page answers; while they are, no more are added.
  const [isPainting, paint] = useTransition();

  const flush = useCallback(() => {
    const fresh = arrived.current;
    const isCut = isArrivedCut.current;
    arrived.current = [];
    isArrivedCut.current = false;
    setWaiting(0);
    paint(() =>
      setKnown((before) => ({
        of: search,
        live: advance(before.of === search ? before.live : NOTHING_LIVE, fresh, isCut),
      })),
    );
  }, [search]);

  /** Reads anew what is stored; what arrives meanwhile follows on it. */
  const catchUp = useCallback(async () => {
    isBehind.current = false;
    setCatchingUp(true);
    await queries.invalidateQueries({ queryKey: key });
    const read = queries.getQueryData<InfiniteData<Page<SekishoEvent>>>(key);
    const known = new Set(read?.pages.flatMap((page) => page.items).map(eventKey));
    arrived.current = arrived.current.filter((event) => !known.has(eventKey(event)));
    // Another search may have begun meanwhile, which has read what is stored itself.
    setKnown((before) => (before.of === search ? { of: search, live: NOTHING_LIVE } : before));
    setCatchingUp(false);
  }, [search, key, queries]);

  const asked = useRef(search);
  useEffect(() => {
    asked.current = search;
    arrived.current = [];
    isArrivedCut.current = false;
    isDue.current = false;
  }, [search]);

  // One stream for all searches: while another was opened, events would come that are in neither it nor the stored ones.
  useEffect(
    () =>
      follow('/api/v1/events/stream', 'event', {
        event: (data) => {
          const event = data as SekishoEvent;
          if (!passes(event, asked.current)) {
            return;
          }
          if (needsServer(asked.current)) {
            isDue.current = true;
          } else {
            isArrivedCut.current ||= arrived.current.length === MOST_LIVE;
            arrived.current = [event, ...arrived.current].slice(0, MOST_LIVE);
          }
        },
        state: (state) => {
          setFeed(state);
          // What came before it was open is in the store, but not surely in what has been read of it.
          isBehind.current ||= state === 'open';
        },
        lagged: () => setLagged(true),
      }),
    [],
  );

  const isHeld = isPaused || isReading || isCatchingUp;
  useEffect(() => {
    if (isPainting) {
      return undefined;
    }
    const due = setInterval(() => {
      if (isHeld) {
        setWaiting(arrived.current.length);
      } else if (arrived.current.length > 0) {
        flush();
      }
    }, PAINT);
    return () => clearInterval(due);
  }, [isHeld, isPainting, flush]);

  useEffect(() => {
    const due = setInterval(() => {
      if (!isHeld && isDue.current) {
        isDue.current = false;
        void queries.invalidateQueries({ queryKey: key });
      }
    }, SEARCH);
    return () => clearInterval(due);
  }, [isHeld, key, queries]);

  useEffect(() => {
    const due = setInterval(() => {
      if (!isHeld && isBehind.current && queries.isFetching({ queryKey: key }) === 0) {
        void catchUp();
      }
    }, PAINT);
    return () => clearInterval(due);
  }, [isHeld, queries, key, catchUp]);

  const events = useMemo(() => whole(live, stored.data?.pages.flatMap((page) => page.items) ?? []), [live, stored.data]);
  const reload = useCallback(() => {
    setLagged(false);
    void catchUp();
  }, [catchUp]);
  const pause = useCallback(() => setPaused(true), []);
  const resume = useCallback(() => {
    setPaused(false);
    flush();
  }, [flush]);
  const { fetchNextPage } = stored;
  const { isCut } = live;
  const older = useCallback(() => {
    if (isCut) {
      // More come in a moment than are kept: there is nothing older to read until they wait.
      setPaused(true);
      void catchUp();
    } else {
      void fetchNextPage();
    }
  }, [isCut, catchUp, fetchNextPage]);
  const hasOlder = isCut || stored.hasNextPage;

  return { events, stored, feed, isPaused, isHeld, waiting, isLagged, hasOlder, pause, resume, flush, reload, older };
}
