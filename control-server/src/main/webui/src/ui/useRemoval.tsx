import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmModal } from './ConfirmModal';

interface Removal<Item> {
  remove: (item: Item) => Promise<unknown>;
  /** What is read again when it is gone. */
  stale?: QueryKey;
  texts: (item: Item) => { title: string; body: string; confirm: string };
}

/** Asks once more, then removes. `dialog` stands somewhere on the page, and is there while somebody is asked. */
export function useRemoval<Item extends object>({ remove, stale, texts }: Removal<Item>) {
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<Item>();
  const removal = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      if (stale !== undefined) {
        await queries.invalidateQueries({ queryKey: stale });
      }
      setDoomed(undefined);
    },
  });
  const close = () => {
    setDoomed(undefined);
    removal.reset();
  };
  return {
    ask: (item: Item) => setDoomed(item),
    dialog: doomed !== undefined && (
      <ConfirmModal
        {...texts(doomed)}
        isBusy={removal.isPending}
        error={removal.error}
        onConfirm={() => removal.mutate(doomed)}
        onClose={close}
      />
    ),
  };
}
