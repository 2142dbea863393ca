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

/** What bounds all lanes of a workflow. */
export interface LaneControl {
  /** The workflow ends or continues as new: begin nothing. */
  readonly stopping: boolean;
  /** Begin no attempt until this is over. */
  readonly paused: boolean;
}
