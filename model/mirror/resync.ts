import type { CommitReason } from '../streams/commit.ts';

/** Why a resync may be requested, strongest first: its commit is named after the reason that explains most of it. */
const strongestFirst: readonly CommitReason[] = [
  // Lets the mirror overwrite what is there. A person decided that, and nothing may undo it.
  'adopt',
  'initial',
  'policy',
  'samples',
  'recovery',
  'drift',
  'retention',
  'catch-up',
];

/** The reason that is kept when one is already waiting and another is requested. */
export function strongerReason(waiting: CommitReason | null, wanted: CommitReason): CommitReason {
  if (waiting === null) return wanted;
  return rank(waiting) <= rank(wanted) ? waiting : wanted;
}

function rank(reason: CommitReason): number {
  const place = strongestFirst.indexOf(reason);
  return place === -1 ? strongestFirst.length : place;
}
