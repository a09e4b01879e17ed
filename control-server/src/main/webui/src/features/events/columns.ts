import { useCallback, useState } from 'react';

/** Columns that can be hidden; the time is always there, because it opens the event. */
export const COLUMNS = [
  'what',
  'verdict',
  'severity',
  'terminal',
  'user',
  'summary',
  'source',
  'destination',
  'rule',
  'labels',
  'chain',
  'received',
  'sequence',
] as const;
export type Column = (typeof COLUMNS)[number];

const KEY = 'sekisho.events.columns';
/** The summary names what was found; the page is as wide as a usual screen. */
const USUAL: readonly Column[] = ['what', 'verdict', 'severity', 'terminal', 'user', 'summary', 'chain'];

/** Which columns this browser shows; remembered. */
export function useColumns() {
  const [shown, setShown] = useState<readonly Column[]>(remembered);
  const toggle = useCallback((column: Column) => {
    setShown((before) => {
      const after = before.includes(column)
        ? before.filter((one) => one !== column)
        : COLUMNS.filter((one) => one === column || before.includes(one));
      localStorage.setItem(KEY, JSON.stringify(after));
      return after;
    });
  }, []);
  return { shown, toggle };
}

function remembered(): readonly Column[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return Array.isArray(found) ? COLUMNS.filter((column) => found.includes(column)) : USUAL;
  } catch {
    // Somebody else's, or cut off: as if nothing had been chosen.
    return USUAL;
  }
}
