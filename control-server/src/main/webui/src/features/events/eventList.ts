import type { SekishoEvent } from '../../api/model';

export interface EventFilter {
  terminal: string;
  kind: string;
  channel: string;
  verdict: string;
  severity: string;
  user: string;
  rule: string;
  q: string;
}

export const EVENT_FILTERS = ['terminal', 'kind', 'channel', 'verdict', 'severity', 'user', 'rule', 'q'] as const;

/** More rows than a person scrolls through; older ones are a search away. */
export const MOST_SHOWN = 500;

export function eventKey(event: Pick<SekishoEvent, 'terminal' | 'seq'>): string {
  return `${event.terminal}/${event.seq}`;
}

/** Whether a live event passes the filters, as the server's search would decide. */
export function passes(event: SekishoEvent, filter: EventFilter): boolean {
  const fields = ['terminal', 'kind', 'channel', 'verdict', 'severity', 'user', 'rule'] as const;
  return (
    fields.every((field) => filter[field] === '' || event[field] === filter[field]) &&
    (filter.q === '' || event.masked.toLowerCase().includes(filter.q.toLowerCase()))
  );
}

/** Both lists as one, newest first, each event once, bounded. `fresh` may hold what `known` has. */
export function merge(fresh: readonly SekishoEvent[], known: readonly SekishoEvent[]): SekishoEvent[] {
  const seen = new Set<string>();
  return [...fresh, ...known]
    .filter((event) => {
      const key = eventKey(event);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .sort((a, b) => newestFirst(a, b))
    .slice(0, MOST_SHOWN);
}

function newestFirst(a: SekishoEvent, b: SekishoEvent): number {
  return Date.parse(b.occurredAt) - Date.parse(a.occurredAt) || b.seq - a.seq;
}
