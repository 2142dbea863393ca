import { contentOf, listed, perPage } from '../answers.ts';
import type { Answer } from '../ask.ts';
import { ownedRepository, type OpenedRepository } from '../review-api.ts';
import type { ReviewHost } from '../types.ts';
import {
  pullRequest,
  pullRequestOf,
  pullRequests,
  reviews,
  type GiteaReview,
} from './pull-request.ts';

/** Its name in messages. */
export const name = 'Gitea';

/** Asks a path below the repository, or `/user`. */
export type Call = (method: string, at: string, body?: object) => Promise<Answer>;

/** See {@link Call}. */
export function callsOf({ ask, api, path }: OpenedRepository): Call {
  const repository = ownedRepository(api, path) ?? api;
  return (method, at, body) =>
    ask({ method, url: `${at === '/user' ? api : repository}${at}`, body });
}

/** The part of Gitea's API that reads. `findIn` finds the newest pull request in a state. */
export function readsOf(
  { page }: OpenedRepository,
  call: Call,
): Pick<ReviewHost, 'find' | 'read'> & {
  findIn: (
    state: 'open' | 'closed',
    source: string,
    target: string,
  ) => ReturnType<ReviewHost['read']>;
} {
  async function read(number: number): ReturnType<ReviewHost['read']> {
    const answer = await call('GET', `/pulls/${number}`);
    if (answer.status === 404) return null;
    const said = contentOf(pullRequest, answer, { name, for: `for pull request ${number}` });
    return pullRequestOf(said, { page, reviews: await readReviews(call, number) });
  }

  /** The newest one. Gitea cannot be asked for those of one branch (only for one of them), so that all have to be read. */
  async function findIn(
    state: 'open' | 'closed',
    source: string,
    target: string,
  ): ReturnType<ReviewHost['read']> {
    const all = await listed(async (at) => {
      const answer = await call('GET', `/pulls?state=${state}&page=${at}&limit=${perPage}`);
      return contentOf(pullRequests, answer, { name, for: 'for its pull requests' });
    });
    const [newest] = all
      .filter(
        ({ head, base }) =>
          head.label === source && base.ref === target && head.repo_id === base.repo_id,
      )
      .sort((a, b) => b.number - a.number);
    return newest === undefined ? null : read(newest.number);
  }

  async function find(source: string, target: string): ReturnType<ReviewHost['find']> {
    return (await findIn('open', source, target)) ?? (await findIn('closed', source, target));
  }

  return { find, findIn, read };
}

/** All reviews of a pull request, oldest first. */
export async function readReviews(call: Call, number: number): Promise<GiteaReview[]> {
  return listed(async (at) => {
    const answer = await call('GET', `/pulls/${number}/reviews?page=${at}&limit=${perPage}`);
    return contentOf(reviews, answer, { name, for: `for the reviews of ${number}` });
  });
}
