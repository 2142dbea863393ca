import type { MergeResult, PullRequest } from './types.ts';

/** For how long an approval may not have reached all of a host, in milliseconds. */
const settling = 60_000;

/** A merge that a host did not do. */
export interface RefusedMerge {
  /** The commit that was to be merged. */
  sha: string;
  /** What the host said. */
  why: string;
  /** When it said that, by its clock. */
  at: number;
  /** Whether it is a matter of seconds, judging by what it said and how the pull request is now. */
  isSoon: (now: PullRequest) => boolean;
}

/**
 * What a refused merge means, judged by the pull request as it is now. Hosts refuse with the same statuses what is merged already, what
 * somebody pushed to, what they are still checking, and what a rule forbids; and for seconds what was just approved.
 */
export function judgeRefusal(
  now: PullRequest | null,
  { sha, why, at, isSoon }: RefusedMerge,
): MergeResult {
  if (now === null) return { kind: 'refused', why: 'The pull request is gone.' };
  if (now.state === 'merged') return { kind: 'merged', commit: now.mergeCommit };
  if (now.state === 'closed') return { kind: 'refused', why: 'The pull request was closed.' };
  if (now.source.sha !== sha) return { kind: 'moved' };
  const isFresh = now.approvals.some(
    (approval) => approval.at !== null && at - Date.parse(approval.at) < settling,
  );
  return {
    kind: isFresh || isSoon(now) ? 'later' : 'refused',
    why: why === '' ? (now.blockedBy ?? 'The host gives no reason.') : why,
  };
}
