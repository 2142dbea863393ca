import type { Pointer } from '../../../knowledge/environments/change-environment.ts';
import { environmentKind, presentEnvironment } from '../../../knowledge/environments/read-environment.ts'; // prettier-ignore
import { hasWaitingEntries } from '../../../db/knowledge/prompts/waiting-entries.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { commitNamed } from '../history/short-names.ts';
import { presentSpace, type SpaceAt } from '../refs/space-at.ts';
import { spaceAtCommit } from '../refs/space-at-moment.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { findEnvironment } from './find-environment.ts';
import { entriesField } from './move-environment.ts';
import { spaceInEnvironment } from './space-in-environment.ts';

/**
 * Where an environment points after a promotion from another one, or from a commit (`from`). Throws 404 `version_not_found`,
 * `environment_not_found` and `entry_not_found`, and 409 `saves_waiting` if what is promoted is not in Git yet.
 */
export async function promotedPointer(
  deps: ApiDeps,
  access: SpaceAccess,
  { entry, from }: { entry: string | null; from: string },
): Promise<Pointer> {
  const name = await environmentNamed(deps, access, from);
  if (name === null) {
    const commit = await commitNamed(deps, access, from, '/from');
    return pointerTo(access, await spaceAtCommit(deps, access, commit), entry, commit);
  }
  if (name === presentEnvironment) return presentPointer(deps, access, entry);
  const { environment, at } = await spaceInEnvironment(deps, access, name);
  if (entry !== null)
    return pointerTo(access, at, entry, environment.entries.get(entry) ?? at.commit);
  if (at.branch !== undefined) throw notMerged(access, at.branch, `what ${name} has`);
  const commit = at.commit ?? (await presentPointer(deps, access, null)).commit ?? null;
  return { commit, ref: null, entries: entriesField(environment.entries) };
}

/** Whether `from` names an environment; otherwise it is a commit. */
async function environmentNamed(
  deps: ApiDeps,
  access: SpaceAccess,
  from: string,
): Promise<string | null> {
  if (!/^[0-9a-f]{4,40}$/i.test(from)) return (await findEnvironment(deps, access, from)).environment.name; // prettier-ignore
  try {
    return (await findEnvironment(deps, access, from)).environment.name;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'environment_not_found') return null;
    throw error;
  }
}

/** What is there now, which must be in Git to be named. */
async function presentPointer(
  deps: ApiDeps,
  access: SpaceAccess,
  entry: string | null,
): Promise<Pointer> {
  const { row } = access;
  if (entry !== null) return pointerTo(access, presentSpace(deps, access), entry, null);
  if (row.syncedSha === null || (await hasWaitingEntries(deps.db, row.id, environmentKind)))
    throw notInGit(`The space ${row.id} has saves that are`);
  return { commit: row.syncedSha, ref: null, entries: null };
}

/** A pointer names commits of the space's own branch, whose history says what an environment had and when. */
function notMerged({ row }: SpaceAccess, branch: string, what: string): ApiProblem {
  return new ApiProblem(
    409,
    'not_merged',
    `The newest commit of the branch ${branch} is not one of ${row.repositoryBranch}, so ${what} cannot be promoted: merge the branch and promote "latest", or let the environment follow the branch with its field "ref".`,
  );
}

/** The pointer for one entry, to the commit that last changed it, or for all, to `commit`. */
async function pointerTo(
  access: SpaceAccess,
  at: SpaceAt,
  entry: string | null,
  commit: string | null,
): Promise<Pointer> {
  if (entry === null) return { commit, ref: null, entries: null };
  const found = await at.find(entry);
  if (found === null)
    throw new ApiProblem(
      404,
      'entry_not_found',
      `There is no entry ${entry}${commit === null ? '' : ` in ${commit}`} that you may read.`,
    );
  if (at.branch !== undefined && found.commit === at.commit)
    throw notMerged(access, at.branch, `its version of ${entry}`);
  const sha = found.commit;
  if (sha === null) throw notInGit(`The entry ${entry} has a save that is`);
  return { commit: sha };
}

function notInGit(what: string): ApiProblem {
  return new ApiProblem(
    409,
    'saves_waiting',
    `${what} not in Git yet, so no commit can be named: try again in a few seconds, or name a commit.`,
    [],
    5,
  );
}
