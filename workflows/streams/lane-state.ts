import type { Notices } from './notices.ts';
import type { OutageView } from '../../model/streams/outage.ts';

/** What is known about a lane. The lane writes it; rules read it, and set `retryWanted`. */
export interface LaneState {
  /** The open outage. */
  outage: OutageView | null;
  /** When the current attempt began, in epoch milliseconds; `null` if there is none. */
  attemptStartedAt: number | null;
  /** Whether the wait for the next attempt should end now. */
  retryWanted: boolean;
}

/** The state of a lane about which nothing is known yet. */
export function newLaneState(): LaneState {
  return { outage: null, attemptStartedAt: null, retryWanted: false };
}

/** What stops and pauses all lanes of a workflow. */
export interface LaneControl {
  /** The workflow is ending or continuing as new: begin nothing. */
  readonly stopping: boolean;
  /** Begin no attempt until this is over. */
  readonly paused: boolean;
  /** What tells the admins. */
  readonly notices: Pick<Notices, 'send'>;
}
