import type { SyncStatus } from './entry.ts';

/** The sync statuses, as they are listed in schemas. */
export const syncStatuses = [
  'synced',
  'pending',
  'conflict',
  'invalid',
  'error',
] as const satisfies SyncStatus[];

/** What {@link entrySyncStatus} looks at. */
export interface EntryFacts {
  /** Whether a conflict of it is open. */
  conflicted: boolean;
  /** Why its saves could not be sent, where that is its own fault. */
  failure: object | null;
  /** Whether saves of it wait. */
  waiting: boolean;
  problems: readonly unknown[];
}

/** How an entry stands, the first that applies: `conflict`, `error`, `pending`, `invalid`, `synced`. */
export function entrySyncStatus({
  conflicted,
  failure,
  waiting,
  problems,
}: EntryFacts): SyncStatus {
  if (conflicted) return 'conflict';
  if (failure !== null) return 'error';
  if (waiting) return 'pending';
  return problems.length > 0 ? 'invalid' : 'synced';
}
