import type { QueueName } from './queues.ts';

/*
 * What is counted where it happens. Counting never fails and never waits; a process keeps its own counts, until it ends.
 */

/** What the worker counts. */
export interface ActivityMeter {
  /** Counts what a mirror's delivery brought to its remote, once that was read back and noted. */
  delivered(delivery: MeteredDelivery): void;
  /** Counts the saves of a space that were read back from its remote; each is the seconds since it was accepted. */
  saved(seconds: readonly number[]): void;
  /** Counts an attempt that repeated one that had failed. */
  retried(retry: MeteredRetry): void;
}

/** What the API counts. */
export interface ApiMeter {
  /** Counts a credential that got another secret. */
  credentialRotated(): void;
}

/** What a mirror's delivery brought to its remote. Spans are seconds. */
export interface MeteredDelivery {
  branchId: string;
  repositoryUrl: string;
  commits: readonly MeteredCommit[];
  changes: readonly MeteredChange[];
}

/** A commit of a delivery. */
export interface MeteredCommit {
  /** The kind of its changes: see `commitEventType`. */
  eventType: string;
  /** Since the window closed; `null` if there was none. */
  sinceWindow: number | null;
}

/** A change in one of the commits of a delivery. */
export interface MeteredChange {
  eventType: string;
  /** Since it happened in the source. */
  sinceEvent: number;
}

/** An attempt that repeated one that had failed. */
export interface MeteredRetry {
  queue: QueueName;
  /** How many attempts had failed before it. */
  count: number;
  outcome: 'succeeded' | 'failed';
}
