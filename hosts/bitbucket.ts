import { flag, refusal } from './answer.ts';
import type { HostApi } from './types.ts';

/** Bitbucket Cloud. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/. */
export const bitbucket: HostApi = {
  name: 'Bitbucket',
  authorization: ({ username, password }) =>
    username === 'x-token-auth'
      ? `Bearer ${password}`
      : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
  async read(get, { path }) {
    const [workspace, name, ...rest] = path;
    if (workspace === undefined || name === undefined || rest.length > 0) return null;
    const { status, body } = await get(
      `/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(name)}`,
    );
    if (status !== 200) return refusal('Bitbucket', status);
    const isPrivate = flag(body?.is_private);
    if (isPrivate === null) return null;
    return {
      host: 'Bitbucket',
      visibility: isPrivate ? 'private' : 'public',
      openToSignUp: true,
      // Only administrators can see branch restrictions.
      pushAllowed: null,
      branchProtected: null,
      problem: '',
    };
  },
};
