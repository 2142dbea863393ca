import type { ReactNode } from 'react';
import { useMay } from '../../../api/session.ts';
import type { Role } from '../../../api/types.ts';
import { NotFoundPage } from '../../../parts/not-found-page.tsx';

/** A page for callers with at least this role; for others there is none. */
export function ForRole({ role, children }: { role: Role; children: ReactNode }) {
  return useMay(role) ? children : <NotFoundPage />;
}
