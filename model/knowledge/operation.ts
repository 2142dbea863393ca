/** A bulk operation on a space. */
export type OperationType = 'export' | 'sync' | 'import';

/** How far it is. */
export type OperationState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** What an operation was asked for, beside its items. */
export interface OperationSettings {
  /** Import: what an item without a kind of its own is. */
  kind: string | null;
  /** Import: whether an entry that is there is changed (else it is left as it is). */
  update: boolean;
  /** Import: whether an item is an entry's text, or a row of a table as JSON. */
  items: 'texts' | 'rows';
}

/** What can become of an item; those that begin with `would` are of dry runs. */
export const itemOutcomes = [
  'created',
  'changed',
  'unchanged',
  'skipped',
  'read',
  'invalid',
  'conflict',
  'failed',
  'would_create',
  'would_change',
  'would_read',
  'would_remove',
] as const;

/** One of {@link itemOutcomes}. */
export type ItemOutcome = (typeof itemOutcomes)[number];

/** Outcomes that a person has to look at. */
export const troubledOutcomes = ['failed', 'conflict', 'invalid'] as const satisfies ItemOutcome[];

/** Whether an operation has come to its end. */
export function hasEnded(state: OperationState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** What an operation may want of its space before it goes on. */
export type SpaceWish =
  /** The branch was looked at since the operation was asked for, and has all that waited then. */
  | 'settled'
  /** Every file of the branch was read again. */
  | 'reread'
  /** No large reading of the branch is half taken over. */
  | 'read'
  /** The operation's own saves are on the remote, or clashed with what is there. */
  | 'sent';

/** A part of an operation: its items are worked on, or its space is waited for. */
export type OperationStage = 'items' | Exclude<SpaceWish, 'read'>;

/** The stages of an operation, in order. */
export function stagesOf({
  type,
  dryRun,
}: {
  type: OperationType;
  dryRun: boolean;
}): OperationStage[] {
  if (dryRun) return ['items'];
  switch (type) {
    case 'import':
      return ['items', 'sent'];
    case 'export':
      return ['settled', 'items', 'sent'];
    case 'sync':
      return ['reread'];
  }
}
