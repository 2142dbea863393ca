import {
  Branches,
  Commits,
  MergeRequestApprovals,
  MergeRequestNotes,
  MergeRequests,
  Users,
} from '@gitbeaker/rest';
import { createRequesterFn, type ResponseBodyTypes } from '@gitbeaker/requester-utils';
import type { Answer, Ask } from '../ask.ts';

/** GitLab's API as gitbeaker has it; what its methods return is an {@link Answer}, whatever their types say: see {@link answered}. */
export interface Gitlab {
  branches: Branches;
  commits: Commits;
  approvals: MergeRequestApprovals;
  notes: MergeRequestNotes;
  mergeRequests: MergeRequests;
  users: Users;
}

/** What gitbeaker puts before everything, here without a host. */
const prefix = '/api/v4';

/**
 * gitbeaker composes the requests; sending them is ours, since its own way follows redirects, reads answers of any size and tries
 * ten times. `api` ends in `/api/v4`.
 */
export function callsOf(api: string, ask: Ask): Gitlab {
  const requesterFn = createRequesterFn(
    (_service, options) => Promise.resolve(options),
    async (endpoint, options = {}) => {
      const { method, prefixUrl, searchParams, body } = options as Partial<Record<string, string>>;
      // Notes have `projects` in what precedes their endpoint, the others in the endpoint itself.
      const before = (prefixUrl ?? '').slice(prefix.length).replace(/\/$/, '');
      const query = searchParams === undefined ? '' : `?${searchParams}`;
      const answer = await ask({
        method: method ?? 'GET',
        url: `${api}${before}/${endpoint}${query}`,
        ...(body === undefined ? {} : { body: JSON.parse(body) as unknown }),
      });
      // Where gitbeaker has the content, so that a status that it calls an error is returned as well.
      return { body: answer as unknown as ResponseBodyTypes, headers: {}, status: answer.status };
    },
  );
  const options = { requesterFn, queryTimeout: null, host: '' };
  return {
    branches: new Branches(options),
    commits: new Commits(options),
    approvals: new MergeRequestApprovals(options),
    notes: new MergeRequestNotes(options),
    mergeRequests: new MergeRequests(options),
    users: new Users(options),
  };
}

/** The answer to a call. gitbeaker's types say what GitLab promises, and nothing that it answers is believed before it is checked. */
export async function answered(call: Promise<unknown>): Promise<Answer> {
  return (await call) as Answer;
}
