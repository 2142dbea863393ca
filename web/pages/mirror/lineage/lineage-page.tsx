import { PageLoading } from '../../../parts/page-loading.tsx';

/** Not written yet. */
export function LineagePage() {
  return <PageLoading />;
}
