import type { FastifyBaseLogger } from 'fastify';
import { findMirror } from '../../../db/mirror/mirrors.ts';
import { noteDefaultBranch } from '../../../db/mirror/projects.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { defaultBranchOf, listBranches, requireProject } from '../project-source.ts';

/** Milliseconds that enabling a mirror waits for an answer about its repository. */
const visibilityPatience = 10_000;

/**
 * The mirror that is to be written. A new one must be of a branch that there is: throws `ApiProblem` 422 `branch_not_found`.
 * One that is there already needs no source.
 */
export async function keyForPut(
  deps: ApiDeps,
  { project: projectId, branch }: { project: string; branch: string },
): Promise<MirrorKey> {
  const project = await requireProject(deps, projectId);
  if (branch === 'default') return { projectId, branchId: await defaultBranchOf(deps, project) };
  const known = await findMirror(deps.db, { projectId, branchId: branch });
  // A branch that is gone does not come back because somebody asks for it.
  const mayBeGone = known?.endedBecause === 'merged' || known?.endedBecause === 'deleted';
  if (known !== null && !mayBeGone) return { projectId, branchId: branch };
  const branches = await listBranches(deps, project);
  const main = branches.find(({ isDefault }) => isDefault);
  // What a development branch's Git branch is made from.
  if (main !== undefined && project.defaultBranchId === null)
    await noteDefaultBranch(deps.db, projectId, main.id);
  if (!branches.some(({ id }) => id === branch))
    throw new ApiProblem(
      422,
      'branch_not_found',
      `The source of project ${projectId} has no branch ${branch}. Give a branch's id, or "default".`,
    );
  return { projectId, branchId: branch };
}

/**
 * Asks who may read the repository, so that the answer can say it. Never rejects: what could not be asked is logged, and
 * asked again before samples are sent.
 */
export async function askVisibility(
  { checkVisibility }: ApiDeps,
  log: FastifyBaseLogger,
  key: MirrorKey,
): Promise<void> {
  try {
    await checkVisibility(key, { signal: AbortSignal.timeout(visibilityPatience) });
  } catch (error) {
    log.warn(
      { err: error, mirror: mirrorStream(key) },
      'Who may read the repository is not known.',
    );
  }
}

/** Throws the 422 where links are asked for on another mirror than the default branch's, from which the others branch off. */
export async function requireDefaultBranch(deps: ApiDeps, key: MirrorKey): Promise<void> {
  const project = await requireProject(deps, key.projectId);
  if ((await defaultBranchOf(deps, project)) === key.branchId) return;
  throw fieldProblem(
    '/developmentBranches/link',
    "belongs to the mirror of the project's default branch",
  );
}
