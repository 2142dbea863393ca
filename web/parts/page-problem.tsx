import { ProblemError } from '../api/problem-error.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { PageLoading } from './page-loading.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** What a page shows while it has nothing to show: that it loads, that there is nothing, or why not. */
export function PageProblem({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error === null) return <PageLoading />;
  if (error instanceof ProblemError && error.status === 404) return <NotFoundPage />;
  return <ProblemAlert error={error} onRetry={onRetry} />;
}
