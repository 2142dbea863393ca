import type { FastifyBaseLogger } from 'fastify';
import { findMirror } from '../../../db/mirror/mirrors.ts';
import { noteDefaultBranch } from '../../../db/mirror/projects.ts';
import type { MirrorKey } from '../../../model/mirror/ids.ts';
import { mirrorFields } from '../../../telemetry/log-fields.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { defaultBranchOf, listBranches, requireProject } from '../project-source.ts';

/** How long enabling a mirror waits to find out who can read its repository, in milliseconds. */
const visibilityPatience = 10_000;

/**
 * The key of the mirror to enable or change. A new mirror needs an existing branch: throws
 * `ApiProblem` 422 `branch_not_found`. For an existing mirror the source is not needed.
 */
export async function keyForPut(
  deps: ApiDeps,
  { project: projectId, branch }: { project: string; branch: string },
): Promise<MirrorKey> {
  const project = await requireProject(deps, projectId);
  if (branch === 'default') return { projectId, branchId: await defaultBranchOf(deps, project) };
  const known = await findMirror(deps.db, { projectId, branchId: branch });
  // A branch that was merged or deleted does not come back because someone asks for it.
  const mayBeGone = known?.endedBecause === 'merged' || known?.endedBecause === 'deleted';
  if (known !== null && !mayBeGone) return { projectId, branchId: branch };
  const branches = await listBranches(deps, project);
  const main = branches.find(({ isDefault }) => isDefault);
  // The Git branch of a development branch is created from the one of the default branch.
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
 * Finds out who may read the repository, so that the answer can say so. Never rejects: a failure is
 * logged, and the question is asked again before samples are sent.
 */
export async function askVisibility(
  { checkVisibility }: ApiDeps,
  log: FastifyBaseLogger,
  key: MirrorKey,
): Promise<void> {
  try {
    await checkVisibility(key, { signal: AbortSignal.timeout(visibilityPatience) });
  } catch (error) {
    log.warn({ err: error, ...mirrorFields(key) }, 'It is not known who can read the repository.');
  }
}

/**
 * Throws 422 if links are requested for a mirror of another branch than the default one, which the
 * others branch off from.
 */
export async function requireDefaultBranch(deps: ApiDeps, key: MirrorKey): Promise<void> {
  const project = await requireProject(deps, key.projectId);
  if ((await defaultBranchOf(deps, project)) === key.branchId) return;
  throw fieldProblem(
    '/developmentBranches/link',
    "is only allowed on the mirror of the project's default branch",
  );
}
