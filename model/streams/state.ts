import { heldCodes, type FailureCode } from './errors.ts';

/** A stream's state: the first of these that applies. */
export type StreamState =
  | 'ended'
  | 'paused'
  | 'held'
  | 'escalated'
  | 'retrying'
  | 'initializing'
  | 'syncing'
  | 'pending'
  | 'synced';

/** What {@link streamState} decides from. */
export interface StreamFacts {
  ended: boolean;
  paused: boolean;
  /** The oldest open outage, if there is one. */
  outage: { code: FailureCode; escalated: boolean } | null;
  /** Whether a first commit (or the finding that none is needed) has been made. */
  initialized: boolean;
  /** Whether batches or a resync are waiting to be sent. */
  undelivered: boolean;
  /** How many changes are waiting for their window to end. */
  pendingChanges: number;
}

/** The state of a stream: see {@link StreamState} for the order. */
export function streamState(facts: StreamFacts): StreamState {
  if (facts.ended) return 'ended';
  if (facts.paused) return 'paused';
  if (facts.outage) {
    if (heldCodes.has(facts.outage.code)) return 'held';
    return facts.outage.escalated ? 'escalated' : 'retrying';
  }
  if (!facts.initialized) return 'initializing';
  if (facts.undelivered) return 'syncing';
  return facts.pendingChanges > 0 ? 'pending' : 'synced';
}

/** The states in the order in which they need somebody's attention. */
export const worstFirst = [
  'held',
  'escalated',
  'retrying',
  'initializing',
  'syncing',
  'pending',
  'paused',
  'synced',
  'ended',
] as const satisfies readonly StreamState[];
