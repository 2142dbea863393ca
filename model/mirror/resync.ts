import type { CommitReason } from '../streams/commit.ts';

/** What a full render is asked for, the strongest first: its commit is called by what explains most of it. */
const strongestFirst: readonly CommitReason[] = [
  // Lets the mirror write over what is there, which a person said and nothing may unsay.
  'adopt',
  'initial',
  'policy',
  'samples',
  'recovery',
  'drift',
  'retention',
  'catch-up',
];

/** The reason that stays of one that waits and one that is asked for now. */
export function strongerReason(waiting: CommitReason | null, wanted: CommitReason): CommitReason {
  if (waiting === null) return wanted;
  return rank(waiting) <= rank(wanted) ? waiting : wanted;
}

function rank(reason: CommitReason): number {
  const place = strongestFirst.indexOf(reason);
  return place === -1 ? strongestFirst.length : place;
}
