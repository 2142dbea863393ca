import {
  countOf,
  joined,
  stateReason,
  type ExplainedState,
  type ProductWords,
} from '../streams/state-reason.ts';

const words: ProductWords = {
  item: 'save',
  trouble: 'The space cannot be synced with Git',
  beginning: 'The branch is being read for the first time.',
  comparing: 'The branch is being read.',
};

/** What {@link spaceReason} explains, beside the state; all of it about what the reader may see. */
export interface ExplainedSpace extends ExplainedState {
  /** Of the waiting saves, those that wait for a person. */
  held: number;
  openConflicts: number;
  /** Whether schema files wait for an admin. */
  hasHeldKinds: boolean;
  /** Whether rules of review do. */
  hasHeldRules: boolean;
}

/** Why a space is in its state, and what to do: see `stateReason`. `null` if all is well. */
export function spaceReason(space: ExplainedSpace): string | null {
  const { state, waiting, held, openConflicts, hasHeldKinds, hasHeldRules } = space;
  const moving = state === 'syncing' || state === 'pending' ? waiting - held : waiting;
  return joined(
    stateReason({ ...space, waiting: moving }, words),
    state === 'ended' ? null : countOf(held, 'save')('be held back: the entries say why'),
    state === 'ended' ? null : countOf(openConflicts, 'conflict')("wait for somebody's decision"),
    hasHeldKinds ? 'Schema files wait until an admin accepts them.' : null,
    hasHeldRules ? 'Rules of review wait until an admin accepts them.' : null,
  );
}
