import type { Review } from '../../../db/knowledge/reviews/reviews.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Remote } from '../../../git/types.ts';
import type { ReviewHost } from '../../../hosts/reviews/types.ts';
import type { ReviewFailure } from '../../../model/knowledge/review.ts';
import { StreamFailure, type FailureCode } from '../../../model/streams/errors.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';

/** A review that is looked at, and what is needed for that. */
export interface FollowedReview {
  deps: ActivityDependencies;
  row: Space;
  /** The space's branch. */
  remote: Remote;
  /** The host's pull requests; `null` if it has none that we know: then the review takes place here alone. */
  host: ReviewHost | null;
  review: Review;
  execution: Execution;
}

/** What looking at a review came to: whether its space should be synced. */
export type LookResult = 'sync' | 'nothing';

/** When a review is looked at again, in milliseconds. */
export const lookIn = {
  /** While somebody else has to do something. */
  usually: 60_000,
  /** While a host is computing something, or a commit is on its way. */
  soon: 5_000,
};

/**
 * When an open review is looked at again, in milliseconds: the longer nobody has said or changed anything, the later, since
 * hosts limit how often they are asked. A webhook comes sooner.
 */
export function nextLook(lastNews: Date): number {
  const age = Date.now() - lastNews.getTime();
  return Math.min(Math.max(age / 10, lookIn.usually), 15 * 60_000);
}

/**
 * What stands against a review, and when it is looked at again, in milliseconds: the longer it is the same, the later, so
 * that what only a person can end costs little. `soonest` is the first wait.
 */
export function standstill(
  { failure }: Pick<Review, 'failure'>,
  { code, message }: { code: string; message: string },
  soonest: number,
): { failure: ReviewFailure; lookIn: number } {
  const since = failure?.code === code ? failure.since : new Date().toISOString();
  const age = Date.now() - Date.parse(since);
  const next = Math.min(Math.max(age / 5, soonest), 15 * 60_000);
  return { failure: { code, message, since }, lookIn: next };
}

/** The failures that are the host's, for all reviews at once; every other one is about the review that met it. */
const ofHost: ReadonlySet<FailureCode> = new Set([
  'repository_unreachable',
  'repository_timeout',
  'credential_origin',
  'address_refused',
  'internal_error',
]);

/** Whether an error stands against this one review only. */
export function isOfReview(error: unknown): error is StreamFailure {
  return error instanceof StreamFailure && error.wider === null && !ofHost.has(error.code);
}
