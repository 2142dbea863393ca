import type { SyncStatus } from './entry.ts';

/** The sync statuses, as schemas list them. */
export const syncStatuses = [
  'synced',
  'pending',
  'in_review',
  'conflict',
  'invalid',
  'error',
] as const satisfies SyncStatus[];

/** What {@link entrySyncStatus} decides from. */
export interface EntryFacts {
  /** Whether it has an open conflict. */
  conflicted: boolean;
  /** Why its saves could not be sent, if the entry itself is the cause. */
  failure: object | null;
  /** Whether it has waiting saves. */
  waiting: boolean;
  /** Whether a change of it is under review. */
  inReview: boolean;
  problems: readonly unknown[];
}

/**
 * An entry's sync status, the first of these that applies: `conflict`, `error`, `pending`, `in_review`,
 * `invalid`, `synced`.
 */
export function entrySyncStatus({
  conflicted,
  failure,
  waiting,
  inReview,
  problems,
}: EntryFacts): SyncStatus {
  if (conflicted) return 'conflict';
  if (failure !== null) return 'error';
  if (waiting) return 'pending';
  if (inReview) return 'in_review';
  return problems.length > 0 ? 'invalid' : 'synced';
}
