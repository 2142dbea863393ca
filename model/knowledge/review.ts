/**
 * A change that waits until others have approved it: `opening` (its branch is not pushed, or its pull request not opened
 * yet), `open`, `merging` (it was merged, or its saves were accepted, and is not on the space's branch yet), `merged`, or `closed`
 * without that.
 */
export type ReviewState = 'opening' | 'open' | 'merging' | 'merged' | 'closed';

/** The states of reviews, as schemas list them. */
export const reviewStates = [
  'opening',
  'open',
  'merging',
  'merged',
  'closed',
] as const satisfies ReviewState[];

/** Whether a review still goes on. */
export function isUnderWay(state: ReviewState): boolean {
  return state !== 'merged' && state !== 'closed';
}

/** Where a review is at the Git host. Its words come from there. */
export interface PullRequestLink {
  /** Its number there. */
  number: number;
  /** Its page for people. */
  url: string;
  /** The host's name in sentences. */
  host: string;
}

/** How a host was told what somebody said: in their own name there, or as a comment in the name of Gitward's credential. */
export type ToldAs = 'approval' | 'comment';

/** Why a review does not go on by itself, in words for people. */
export interface ReviewFailure {
  /** Stable; for programs. */
  code: string;
  message: string;
  /** Since when it is the same: ISO 8601. */
  since: string;
}

/** The branch of a review: a folder of branches that nobody else uses, and a part that nobody can guess beforehand. */
export function reviewBranch(spaceId: string, number: number, unique: string): string {
  return `gitward/${spaceId}/${number}-${unique}`;
}

/** What is said of changes that belong together, as the message of their commit: the title is its subject. */
export function messageOf({ title, description }: { title: string; description: string }): string {
  return description === '' ? title : `${title}\n\n${description}`;
}
