import type { Way } from './merge-by.ts';

/** Somebody with an account at the stand-in. */
export interface Account {
  login: string;
  name: string;
  email: string;
  /** May push, approve and merge. */
  mayWrite: boolean;
}

/** A pull request at the stand-in, in the words of no host. */
export interface Pull {
  number: number;
  title: string;
  description: string;
  source: string;
  target: string;
  author: Account;
  /** From a fork, which has a branch of the same name. */
  fromFork: boolean;
  state: 'open' | 'closed' | 'merged';
  head: string;
  hasBranch: boolean;
  createdAt: string;
  reviews: { id: number; by: Account; at: string; sha: string; verdict: Verdict; text: string }[];
  comments: { by: Account; text: string }[];
  merged: { commit: string; way: Way; by: Account; at: string } | null;
  closedBy: Account | null;
  /** How many merges are still answered as if nothing had been approved. */
  late: number;
}

/** What a review says. */
export type Verdict = 'approved' | 'changes_requested' | 'dismissed';

/** A status of a commit. */
export interface StandInStatus {
  sha: string;
  state: string;
  context: string;
  description: string;
  url: string | null;
}

/** Why a merge is not done. */
export type MergeProblem =
  'merged' | 'closed' | 'late' | 'busy' | 'moved' | 'approvals' | 'way' | 'conflict';

/** The rules of a repository; tests change them. */
export interface Rules {
  approvals: number;
  ways: Way[];
  /** How many merges after an approval are answered as if it had not been given, as hosts do for seconds. */
  lateMerges: number;
  /** How many of the next merges find that the host is still checking whether it can merge. */
  busyMerges: number;
  /** Whether who opened a pull request may approve it; GitLab can be set so. */
  authorsApprove: boolean;
}
