import type { CommitReason } from '../streams/commit.ts';
import {
  joined,
  stateReason,
  type ExplainedState,
  type ProductWords,
} from '../streams/state-reason.ts';
import type { Visibility } from '../streams/visibility.ts';
import type { EndedBecause, MirrorEnding } from './branches.ts';
import { samplesState } from './samples.ts';

const words: ProductWords = {
  item: 'change',
  trouble: 'Changes cannot be sent to Git',
  beginning: 'The whole project is being read for the first commit.',
  comparing: 'The whole project is being compared with the repository.',
};

/** What {@link mirrorReason} explains, beside the state. */
export interface ExplainedMirror extends ExplainedState {
  resyncReason: CommitReason | null;
  ending: MirrorEnding | null;
  endedBecause: EndedBecause | null;
  samplesEnabled: boolean;
  visibility: Visibility | null;
}

/** Why a mirror is in its state, and what to do: see `stateReason`. `null` if all is well. */
export function mirrorReason(mirror: ExplainedMirror): string | null {
  const { state, ending, endedBecause } = mirror;
  if (state === 'ended') return endedBecause && ended[endedBecause];
  const whole = state === 'syncing' && mirror.resyncReason !== null ? words.comparing : null;
  return joined(
    whole ?? stateReason(mirror, words),
    ending &&
      `The branch was ${ending.kind} in the platform: the mirror ends when everything is in Git.`,
    state === 'synced' ? samplesNote(mirror) : null,
  );
}

const ended: Readonly<Record<EndedBecause, string>> = {
  disabled: 'Somebody ended it. Enable it again if it should go on.',
  merged: 'Its branch was merged in the platform.',
  deleted: 'Its branch was deleted in the platform.',
};

/** Samples that somebody wants and that are not written. */
function samplesNote({ samplesEnabled, visibility }: ExplainedMirror): string | null {
  if (!samplesEnabled) return null;
  const { state, reason } = samplesState({ enabled: true }, { visibility, initialized: true });
  return state === 'on' ? null : reason;
}
