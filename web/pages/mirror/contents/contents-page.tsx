import { PageLoading } from '../../../parts/page-loading.tsx';

/** Not written yet. */
export function ContentsPage() {
  return <PageLoading />;
}
