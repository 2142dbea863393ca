/** The signals of a space's workflow that others send: see `workflows/messages.ts`. */
export type SpaceSignal = 'doorbell' | 'syncNow' | 'retryNow' | 'spaceChanged';

/**
 * A space's workflow, and its bulk operations, from outside. Rejects as `MirrorWorkflows` does, with
 * `TemporalUnavailable`: what was asked is in the database already, and the relay rings again.
 */
export interface SpaceWorkflows {
  /** Signals the space's workflow, starting it where it does not run. */
  signal(spaceId: string, signal: SpaceSignal): Promise<void>;
  /** Starts the workflow of an operation; nothing happens where it runs. */
  runOperation(operationId: string): Promise<void>;
  /** Asks an operation to stop after the item that it is at; nothing happens where it has ended. */
  cancelOperation(operationId: string): Promise<void>;
  /** Tells an operation that its space may be as it wants it now; rejects also where its workflow does not run. */
  tellOperation(operationId: string): Promise<void>;
}
