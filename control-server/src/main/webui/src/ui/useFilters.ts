import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/**
 * Filters of a list, kept in the address so that a view can be sent to a colleague. `set` changes the view that is shown;
 * `go` leads to another one, so that the browser's way back leads here. Where the list went on (`after`) belongs to the
 * filters before, and goes with them.
 */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
  const change = useCallback(
    (name: Name, value: string, replace: boolean) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          after.delete('after');
          if (value === '') {
            after.delete(name);
          } else {
            after.set(name, value);
          }
          return after;
        },
        { replace },
      );
    },
    [setParams],
  );
  const set = useCallback((name: Name, value: string) => change(name, value, true), [change]);
  const go = useCallback((name: Name, value: string) => change(name, value, false), [change]);
  const clear = useCallback(() => setParams({}, { replace: true }), [setParams]);
  const isFiltered = names.some((name) => values[name] !== '');
  return { values, set, go, clear, isFiltered, search: params.size === 0 ? '' : `?${params.toString()}` };
}
