/** The signals that others send to a space's workflow: see `workflows/messages.ts`. */
export type SpaceSignal = 'doorbell' | 'syncNow' | 'retryNow' | 'spaceChanged' | 'reviewsChanged';

/**
 * A space's workflow and its bulk operations, as seen from outside. Like `MirrorWorkflows`, the
 * methods reject with `TemporalUnavailable`: the request is already in the database, and the relay
 * rings again.
 */
export interface SpaceWorkflows {
  /** Signals the space's workflow, and starts it if it is not running. */
  signal(spaceId: string, signal: SpaceSignal): Promise<void>;
  /** Starts the workflow of an operation; does nothing if it is already running. */
  runOperation(operationId: string): Promise<void>;
  /** Asks an operation to stop after its current item; does nothing if it has ended. */
  cancelOperation(operationId: string): Promise<void>;
  /**
   * Tells an operation that its space may now be in the state it waits for; also rejects if its
   * workflow is not running.
   */
  tellOperation(operationId: string): Promise<void>;
}
