import type { HostAnswer } from '../model/streams/visibility.ts';
import { flag, object, refusal } from './answer.ts';
import type { HostApi } from './types.ts';

/**
 * GitHub, including self-hosted. https://docs.github.com/en/rest/repos/repos#get-a-repository. Its
 * `internal` means the members of an enterprise, wherever it runs.
 */
export const github: HostApi = {
  name: 'GitHub',
  authorization: ({ password }) => `Bearer ${password}`,
  async read(get, { path, branch }) {
    const [owner, name, ...rest] = path;
    if (owner === undefined || name === undefined || rest.length > 0) return null;
    const at = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
    const { status, body } = await get(at);
    if (status !== 200) return refusal('GitHub', status);
    const isPrivate = flag(body?.private);
    if (body === null || isPrivate === null || typeof body.full_name !== 'string') return null;
    const visibility: HostAnswer['visibility'] = !isPrivate
      ? 'public'
      : body.visibility === 'internal'
        ? 'internal'
        : 'private';
    const found = await get(`${at}/branches/${encodeURIComponent(branch)}`);
    return {
      host: 'GitHub',
      visibility,
      openToSignUp: false,
      pushAllowed: flag(object(body.permissions).push),
      branchProtected: flag(found.body?.protected),
      problem: '',
    };
  },
};
