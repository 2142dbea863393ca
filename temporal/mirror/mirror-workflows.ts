import type { MirrorKey } from '../../model/mirror/ids.ts';

/** The signals of a mirror's workflow that others send: see `workflows/messages.ts`. */
export type MirrorSignal = 'doorbell' | 'syncNow' | 'retryNow' | 'mirrorChanged' | 'catchUp';

/**
 * A mirror's workflow from outside. Every signal starts the workflow where it does not run
 * (signal-with-start), and a workflow of an ended mirror ends by itself. All methods reject with
 * {@link TemporalUnavailable} where Temporal does not answer within a few seconds: what was asked is
 * in the database already, and the relay rings again.
 */
export interface MirrorWorkflows {
  signal(mirror: MirrorKey, signal: MirrorSignal): Promise<void>;
  /** Starts a verification of the mirror; one that runs already looks once more before it ends. */
  verify(mirror: MirrorKey): Promise<void>;
  /** Has the project's new development branches linked, where its settings say so; not twice at once. */
  linkBranches(projectId: string): Promise<void>;
  /** Makes the project's Schedules (catch-up, daily verification), or brings them up to the settings. */
  ensureSchedules(projectId: string): Promise<void>;
  /** Removes the project's Schedules; nothing happens where there are none. */
  removeSchedules(projectId: string): Promise<void>;
  /** Whether Temporal answers and a worker polls our task queue. */
  health(): Promise<{ temporal: boolean; worker: boolean }>;
}

/** Temporal did not answer. */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
}
