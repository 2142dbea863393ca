import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem-error.ts';
import { sessionKey } from './session.ts';

/** How often a request without an answer is made again before the page says so. */
const retries = 2;

/** What was read from the API, kept once for all pages. */
export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < retries && isPassing(error),
      // With `always`, a request is made although the browser believes that there is no network: Gitward may be on
      // this very machine.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
  queryCache: new QueryCache({ onError: endSession }),
  mutationCache: new MutationCache({ onError: endSession }),
});

/** Whether the same request may succeed in a moment. */
function isPassing(error: Error): boolean {
  return !(error instanceof ProblemError) || error.status === 0 || error.status >= 500;
}

/** Whoever is not signed in any more is asked to sign in again, and comes back to the same page. */
function endSession(error: Error): void {
  if (error instanceof ProblemError && error.status === 401)
    void queryClient.invalidateQueries({ queryKey: sessionKey });
}
