import { PageHeader } from '../../parts/page-header.tsx';
import { texts } from '../../texts/index.ts';

/** Enables a mirror, step by step. */
export function EnablePage() {
  return <PageHeader title={texts.enable.title} />;
}
