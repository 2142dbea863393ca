import type { HostAnswer } from '../model/streams/visibility.ts';
import { flag, refusal } from './answer.ts';
import type { HostApi } from './types.ts';

const levels: ReadonlySet<unknown> = new Set(['public', 'internal', 'private']);

/** GitLab. https://docs.gitlab.com/api/projects/#get-a-single-project, https://docs.gitlab.com/api/branches/. */
export const gitlab: HostApi = {
  name: 'GitLab',
  // Personal, project and group access tokens are accepted in the same way as OAuth tokens.
  authorization: ({ password }) => `Bearer ${password}`,
  async read(get, { path, branch, openToSignUp }) {
    if (path.length < 2) return null;
    const at = `/projects/${encodeURIComponent(path.join('/'))}`;
    const { status, body } = await get(at);
    if (status !== 200) return refusal('GitLab', status);
    if (body === null || !levels.has(body.visibility)) return null;
    const found = await get(`${at}/repository/branches/${encodeURIComponent(branch)}`);
    return {
      host: 'GitLab',
      visibility: body.visibility as HostAnswer['visibility'],
      openToSignUp,
      pushAllowed: flag(found.body?.can_push),
      branchProtected: flag(found.body?.protected),
      problem: '',
    };
  },
};
