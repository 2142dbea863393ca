/** A bulk operation on a space. */
export type OperationType = 'export' | 'sync' | 'import' | 'check';

/** How far it has got. */
export type OperationState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** What an operation was asked to do, apart from its items. */
export interface OperationSettings {
  /** Import: the kind of items that do not name one. */
  kind: string | null;
  /** Import: whether entries that already exist are changed, or else left as they are. */
  update: boolean;
  /** Import: whether items are texts of entries, or rows of a table as JSON. */
  items: 'texts' | 'rows';
}

/** What can become of an item. Outcomes that begin with `would` are those of dry runs. */
export const itemOutcomes = [
  'created',
  'changed',
  'unchanged',
  'skipped',
  'read',
  'invalid',
  'conflict',
  'failed',
  'passed',
  'error',
  'needs_person',
  'would_create',
  'would_change',
  'would_read',
  'would_remove',
] as const;

/** One of {@link itemOutcomes}. */
export type ItemOutcome = (typeof itemOutcomes)[number];

/** Outcomes that a person has to look at. */
export const troubledOutcomes = [
  'failed',
  'error',
  'conflict',
  'invalid',
] as const satisfies ItemOutcome[];

/** Whether an operation has ended. */
export function hasEnded(state: OperationState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** What an operation may require of its space before it continues. */
export type SpaceWish =
  /** The branch was checked after the operation was requested, and has everything that was waiting then. */
  | 'settled'
  /** Every file of the branch has been read again. */
  | 'reread'
  /** No large reading of the branch is only partly taken over. */
  | 'read'
  /** The operation's own saves are on the remote, or conflict with what is there. */
  | 'sent';

/** A stage of an operation: working on its items, or waiting for its space. */
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
    case 'check':
      return ['items'];
    case 'export':
      return ['settled', 'items', 'sent'];
    case 'sync':
      return ['reread'];
  }
}
