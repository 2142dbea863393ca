import type { HostAnswer } from '../model/streams/visibility.ts';
import { flag, object, refusal } from './answer.ts';
import type { HostApi } from './types.ts';

/** Gitea and Forgejo. https://docs.gitea.com/api/#tag/repository/operation/repoGet. */
export const gitea: HostApi = {
  name: 'Gitea',
  authorization: ({ password }) => `token ${password}`,
  async read(get, { path, branch, openToSignUp }) {
    const [owner, name, ...rest] = path;
    if (owner === undefined || name === undefined || rest.length > 0) return null;
    const at = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
    const { status, body } = await get(at);
    if (status !== 200) return refusal('Gitea', status);
    const isPrivate = flag(body?.private);
    if (body === null || isPrivate === null || typeof body.full_name !== 'string') return null;
    // If only signed-in people can see the owner, then all signed-in people can see its
    // repositories.
    const limited = body.internal === true || object(body.owner).visibility === 'limited';
    const visibility: HostAnswer['visibility'] = isPrivate
      ? 'private'
      : limited
        ? 'internal'
        : 'public';
    const found = await get(
      `${at}/branches/${branch.split('/').map(encodeURIComponent).join('/')}`,
    );
    return {
      host: 'Gitea',
      visibility,
      openToSignUp,
      pushAllowed: flag(found.body?.user_can_push) ?? flag(object(body.permissions).push),
      branchProtected: flag(found.body?.protected),
      problem: '',
    };
  },
};
