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
}
