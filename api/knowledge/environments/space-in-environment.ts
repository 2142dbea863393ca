import type { Environment } from '../../../knowledge/environments/read-environment.ts';
import { ApiProblem } from '../../http/problem.ts';
import { presentSpace, type EntryAt, type ReadDeps, type SpaceAt } from '../refs/space-at.ts';
import { spaceAtCommit } from '../refs/space-at-moment.ts';
import { spaceAtRef } from '../refs/space-at-ref.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { environmentBroken, findEnvironment } from './find-environment.ts';

/** A space as an environment has it. */
export interface SpaceInEnvironment {
  environment: Environment;
  at: SpaceAt;
}

/**
 * The space as the environment of this name has it: everything at its commit, its branch, or as it is now, except the
 * entries that have a commit of their own. `moved` are further ones. Throws 404 `environment_not_found`, and 422
 * `environment_broken` if its file is wrong, or names a commit or branch that is not there.
 */
export async function spaceInEnvironment(
  deps: ReadDeps,
  access: SpaceAccess,
  name: string,
  moved: ReadonlyMap<string, string> = new Map(),
): Promise<SpaceInEnvironment> {
  const { environment, faults } = await findEnvironment(deps, access, name);
  if (faults.length > 0)
    throw environmentBroken(access, name, faults.map(({ pointer, message }) => `${pointer} ${message}.`).join(' ')); // prettier-ignore
  return { environment, at: await spaceAsIn(deps, access, environment, moved) };
}

/** The space as an environment that may not be stored has it. Throws like {@link spaceInEnvironment}. */
export async function spaceAsIn(
  deps: ReadDeps,
  access: SpaceAccess,
  environment: Environment,
  moved: ReadonlyMap<string, string> = new Map(),
): Promise<SpaceAt> {
  const { name, ref, commit } = environment;
  const orBroken = async (what: string, read: Promise<SpaceAt>) => {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'version_not_found') throw error;
      throw environmentBroken(access, name, `${what}. ${error.message}`);
    }
  };
  const around =
    commit !== null
      ? await orBroken(`it points at the commit ${commit}`, spaceAtCommit(deps, access, commit))
      : ref !== null
        ? await orBroken(`it points at ${ref}`, spaceAtRef(deps, access, ref))
        : presentSpace(deps, access);
  const entries = new Map([...environment.entries, ...moved]);
  const atCommits = new Map<string, Promise<SpaceAt>>();
  const own = async (id: string, sha: string): Promise<EntryAt | null> => {
    const known = atCommits.get(sha) ?? spaceAtCommit(deps, access, sha);
    atCommits.set(sha, known);
    return (await orBroken(`its entry ${id} points at the commit ${sha}`, known)).find(id);
  };

  return {
    commit: around.commit,
    ...(around.branch !== undefined && { branch: around.branch }),
    find(id) {
      const sha = entries.get(id);
      return sha === undefined ? around.find(id) : own(id, sha);
    },
    async list(kind) {
      const listed = (await around.list(kind)).filter(({ id }) => !entries.has(id));
      for (const [id, sha] of entries) {
        const entry = await own(id, sha);
        if (entry?.kind.name === kind) listed.push(entry);
      }
      return listed;
    },
  };
}
