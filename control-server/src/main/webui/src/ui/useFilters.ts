import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Filters of a list, kept in the address so that a view can be sent to a colleague. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
  const set = useCallback(
    (name: Name, value: string) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === '') {
            after.delete(name);
          } else {
            after.set(name, value);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  const clear = useCallback(() => setParams({}, { replace: true }), [setParams]);
  const isFiltered = names.some((name) => values[name] !== '');
  return { values, set, clear, isFiltered, search: params.size === 0 ? '' : `?${params.toString()}` };
}
