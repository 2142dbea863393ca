import type { MirrorKey } from '../../model/mirror/ids.ts';

/** The signals that others send to a mirror's workflow: see `workflows/messages.ts`. */
export type MirrorSignal = 'doorbell' | 'syncNow' | 'retryNow' | 'mirrorChanged' | 'catchUp';

/**
 * A mirror's workflow, as seen from outside. Every signal starts the workflow if it is not running
 * (signal-with-start), and the workflow of an ended mirror ends by itself. All methods reject with
 * {@link TemporalUnavailable} if Temporal does not answer within a few seconds: the request is
 * already in the database, and the relay rings again.
 */
export interface MirrorWorkflows {
  signal(mirror: MirrorKey, signal: MirrorSignal): Promise<void>;
  /**
   * Starts a verification of the mirror; one that is already running verifies again before it ends.
   */
  verify(mirror: MirrorKey): Promise<void>;
  /**
   * Links the project's new development branches if its settings say so; never twice at the same
   * time.
   */
  linkBranches(projectId: string): Promise<void>;
  /**
   * Creates the project's Schedules (catch-up, daily verification), or updates them to the settings. A project is compared
   * less often if feeds tell of every change in it (`watched`).
   */
  ensureSchedules(projectId: string, options: { watched: boolean }): Promise<void>;
  /** Starts what watches a stack; if it runs already, it looks at once whether there are other feeds. */
  watch(stack: string): Promise<void>;
  /** Removes the project's Schedules; does nothing if there are none. */
  removeSchedules(projectId: string): Promise<void>;
  /** Whether Temporal answers and a worker polls our task queue. */
  health(): Promise<{ temporal: boolean; worker: boolean }>;
}

/** Temporal did not answer. */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
}
