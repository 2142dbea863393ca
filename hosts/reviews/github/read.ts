import { endpoint } from '@octokit/endpoint';
import type { Endpoints } from '@octokit/types';
import { contentOf, listed, perPage, requireDone } from '../answers.ts';
import type { Answer } from '../ask.ts';
import type { OpenedRepository } from '../review-api.ts';
import type { ReviewHost } from '../types.ts';
import { issue, pullRequest, pullRequestOf, pullRequests, reviews } from './pull-request.ts';

/** Its name in messages. */
export const name = 'GitHub';

/** GitHub refuses longer texts. */
export const longestText = 65_000;

/** Asks one of the routes of GitHub's description, about the repository if it is about one. */
export type Call = <R extends keyof Endpoints>(
  route: R,
  parameters: Omit<Endpoints[R]['parameters'], 'owner' | 'repo'>,
) => Promise<Answer>;

/** Octokit composes the requests, by the types that are made from GitHub's own description of its API; sending them is ours. */
export function callsOf({ ask, api, path: [owner = '', repo = ''] }: OpenedRepository): Call {
  return (route, parameters) => {
    const of = route.includes('{owner}') ? { owner, repo } : {};
    const { method, url, body } = endpoint(route, { baseUrl: api, ...of, ...parameters });
    return ask({ method, url, body: body });
  };
}

/** The part of GitHub's API that reads. `hasBranch` says whether the repository has a branch. */
export function readsOf(
  { path, page }: OpenedRepository,
  call: Call,
): Pick<ReviewHost, 'find' | 'read'> & { hasBranch: (branch: string) => Promise<boolean> } {
  const [owner = '', repo = ''] = path;

  async function read(number: number): ReturnType<ReviewHost['read']> {
    const pull_number = number;
    const answer = await call('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number });
    if (answer.status === 404) return null;
    const said = contentOf(pullRequest, answer, { name, for: `for pull request ${number}` });
    const isClosed = said.state === 'closed' && !said.merged;
    return pullRequestOf(said, {
      page,
      reviews: await listed((at) => readReviews(number, at)),
      closedBy: isClosed ? await readCloser(number) : null,
      sourceExists: isOwn(said.head.repo)
        ? await hasBranch(said.head.ref)
        : said.head.repo !== null,
    });
  }

  async function readReviews(pull_number: number, page: number) {
    const answer = await call('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...{ pull_number, per_page: perPage, page },
    });
    return contentOf(reviews, answer, { name, for: `for the reviews of ${pull_number}` });
  }

  async function readCloser(issue_number: number) {
    const answer = await call('GET /repos/{owner}/{repo}/issues/{issue_number}', { issue_number });
    return contentOf(issue, answer, { name, for: `who closed ${issue_number}` }).closed_by ?? null;
  }

  async function hasBranch(branch: string): Promise<boolean> {
    const ref = `heads/${branch}`;
    const answer = await call('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref });
    if (answer.status === 404) return false;
    requireDone(answer, { name, for: `for branch ${branch}` });
    return true;
  }

  function isOwn(repository: { full_name: string } | null): boolean {
    return repository?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase();
  }

  return {
    read,
    hasBranch,
    async find(source, target) {
      const answer = await call('GET /repos/{owner}/{repo}/pulls', {
        ...{ head: `${owner}:${source}`, base: target, state: 'all' },
        ...{ sort: 'created', direction: 'desc', per_page: perPage },
      });
      const asked = { name, for: `for pull requests of branch ${source}` };
      // The owner may have a fork of this repository, with a branch of this name.
      const found = contentOf(pullRequests, answer, asked).filter(
        ({ head, base }) => head.ref === source && base.ref === target && isOwn(head.repo),
      );
      const one = found.find(({ state }) => state === 'open') ?? found[0];
      return one === undefined ? null : read(one.number);
    },
  };
}
