import { ApiProblem } from '../../http/problem.ts';

/** The problem for a review that has ended. */
export function over(number: number): ApiProblem {
  return new ApiProblem(
    409,
    'review_over',
    `Review ${number} is over: nothing can be said any more.`,
  );
}

/** The problem for a version that is not the one there now. */
export function moved(number: number, head: string | null): ApiProblem {
  return new ApiProblem(
    409,
    'review_moved',
    head === null
      ? `The branch of review ${number} is not there yet. Look at it again in a few seconds.`
      : `Review ${number} is at ${head} now, which is not what you saw. Look at it again.`,
    [],
    null,
    { head },
  );
}
