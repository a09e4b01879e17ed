import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { toProblem } from '../api/problem';
import { sessionQuery } from '../api/queries';

/** A session that has ended sends the whole console to sign-in, wherever it is noticed. */
export function createQueryClient(): QueryClient {
  const noticeEnd = (error: unknown, key?: readonly unknown[]) => {
    if (toProblem(error).status === 401 && key?.[0] !== sessionQuery.queryKey[0]) {
      void queries.resetQueries({ queryKey: sessionQuery.queryKey });
    }
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => noticeEnd(error, query.queryKey) }),
    mutationCache: new MutationCache({ onError: (error, _variables, _context, mutation) => noticeEnd(error, mutation.options.mutationKey) }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && (toProblem(error).status === 0 || toProblem(error).status >= 500),
        refetchOnWindowFocus: true,
      },
    },
  });
  return queries;
}
