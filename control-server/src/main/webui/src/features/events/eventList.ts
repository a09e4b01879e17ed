import type { SekishoEvent } from '../../api/model';

export const EVENT_FILTERS = [
  'q',
  'range',
  'from',
  'to',
  'kind',
  'channel',
  'verdict',
  'severity',
  'label',
  'user',
  'orgUnit',
  'terminal',
  'program',
  'device',
  'rule',
] as const;

/** The filters as the address has them; empty means all. */
export type EventFilter = Record<(typeof EVENT_FILTERS)[number], string>;

/** What the server is asked: as the filter, but with times instead of a range. */
export type EventSearch = Omit<EventFilter, 'range'>;

/** Times to choose from, in milliseconds up to now. */
export const RANGES = { '1h': 3_600_000, '24h': 86_400_000, '7d': 7 * 86_400_000, '30d': 30 * 86_400_000 } as const;
export type RangeName = keyof typeof RANGES;

/** Live events kept; a person doesn't read more before they are gone. */
export const MOST_LIVE = 500;
/** Rows in the table; more than a person scrolls through, and what a browser still shows quickly. */
export const MOST_SHOWN = 2_000;

export function eventKey(event: Pick<SekishoEvent, 'terminal' | 'seq'>): string {
  return `${event.terminal}/${event.seq}`;
}

/** What to ask the server, at this time; a minute's grain, so that the same question stays the same. */
export function searchOf({ range, ...rest }: EventFilter, now: number): EventSearch {
  if (range in RANGES && rest.from === '' && rest.to === '') {
    const from = Math.floor((now - RANGES[range as RangeName]) / 60_000) * 60_000;
    return { ...rest, from: new Date(from).toISOString() };
  }
  return rest;
}

/** Whether a live event passes the filters that can be judged by its own fields. */
export function passes(event: SekishoEvent, filter: EventSearch): boolean {
  const fields = ['terminal', 'kind', 'channel', 'verdict', 'severity', 'user', 'rule'] as const;
  return (
    fields.every((field) => filter[field] === '' || event[field] === filter[field]) &&
    (filter.label === '' || event.labels.some((found) => found.label === filter.label)) &&
    (filter.from === '' || event.occurredAt >= filter.from) &&
    (filter.to === '' || event.occurredAt < filter.to)
  );
}

/** Whether only the server can say which events pass: it compares texts that the list doesn't carry, or knows divisions. */
export function needsServer(filter: EventSearch): boolean {
  return filter.q !== '' || filter.program !== '' || filter.device !== '' || filter.orgUnit !== '';
}

/** What arrived since the stored events were read. */
export interface Live {
  events: readonly SekishoEvent[];
  /** Whether more arrived than are kept: then what is stored doesn't follow on the last of them. */
  isCut: boolean;
}

export const NOTHING_LIVE: Live = { events: [], isCut: false };

/** With what else arrived; if some of that was left out already, it doesn't follow on what is known. */
export function advance({ events, isCut }: Live, fresh: readonly SekishoEvent[], isFreshCut: boolean): Live {
  const all = merge(fresh, isFreshCut ? [] : events, Infinity);
  return { events: all.slice(0, MOST_LIVE), isCut: isCut || isFreshCut || all.length > MOST_LIVE };
}

/** The longest list, newest first, in which no event is missing between two others. */
export function whole(live: Live, stored: readonly SekishoEvent[]): readonly SekishoEvent[] {
  return live.isCut ? live.events : merge(live.events, stored, MOST_SHOWN);
}

/** Both lists as one, newest first, each event once, bounded. `fresh` may hold what `known` has. */
export function merge(fresh: readonly SekishoEvent[], known: readonly SekishoEvent[], most: number): SekishoEvent[] {
  const each = new Map<string, { event: SekishoEvent; at: number }>();
  for (const event of [...fresh, ...known]) {
    const key = eventKey(event);
    if (!each.has(key)) {
      each.set(key, { event, at: Date.parse(event.occurredAt) });
    }
  }
  return [...each.values()]
    .sort((a, b) => b.at - a.at || b.event.seq - a.event.seq)
    .slice(0, most)
    .map((one) => one.event);
}

/** A part of the list. */
export interface Block {
  /** How many parts come after it. */
  key: number;
  /** How many events come before it. */
  first: number;
  events: readonly SekishoEvent[];
}

/** Parts of this size, made from the list's end: what arrives changes the first of them only, and moves none. */
export function blocksOf(events: readonly SekishoEvent[], size: number): Block[] {
  const count = Math.ceil(events.length / size);
  return Array.from({ length: count }, (_block, index) => {
    const key = count - 1 - index;
    const end = events.length - key * size;
    const first = Math.max(0, end - size);
    return { key, first, events: events.slice(first, end) };
  });
}
