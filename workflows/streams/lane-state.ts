import type { OutageView } from '../../model/streams/outage.ts';

/** What is known of one lane. The lane writes it; rules read it, and ask for a retry. */
export interface LaneState {
  /** The open outage. */
  outage: OutageView | null;
  /** When the attempt that runs now began, in epoch milliseconds. */
  attemptStartedAt: number | null;
  /** Whether the wait for the next attempt is to end now. */
  retryWanted: boolean;
}

/** A lane that nothing is known of. */
export function newLaneState(): LaneState {
  return { outage: null, attemptStartedAt: null, retryWanted: false };
}
