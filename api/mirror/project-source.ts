import type { FastifyRequest } from 'fastify';
import {
  findProject,
  noteDefaultBranch,
  projectSource,
  type Project,
} from '../../db/mirror/projects.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { Source, SourceBranch } from '../../platforms/source.ts';
import type { ApiDeps } from '../http/deps.ts';
import { ApiProblem, projectNotFound } from '../http/problem.ts';

/** How long a source may take while a request is waiting for it, in milliseconds. */
const patience = 20_000;

/** The project; throws 404 if there is none. */
export async function requireProject({ db }: ApiDeps, projectId: string): Promise<Project> {
  const project = await findProject(db, projectId);
  if (!project) throw projectNotFound(projectId);
  return project;
}

/**
 * Asks a source while a request is waiting. Throws `StreamFailure`, with `source_timeout` if it
 * takes longer than a caller would wait.
 */
export async function askSource<T>(
  source: Source,
  ask: (source: Source, options: { signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(patience);
  try {
    return await ask(source, { signal });
  } catch (error) {
    if (!signal.aborted || error instanceof StreamFailure) throw error;
    throw new StreamFailure(
      'source_timeout',
      `The source did not answer within ${patience / 1_000} s. Try again.`,
      { cause: error },
    );
  }
}

/** The branches of a stored project, as listed by its source. */
export async function listBranches(deps: ApiDeps, project: Project): Promise<SourceBranch[]> {
  const source = deps.openSource(projectSource(deps.sealer, project), project.id);
  return askSource(source, (asked, options) => asked.listBranches(options));
}

/** The mirror that a path names, by its branch's id or as `default` ({@link defaultBranchOf}). */
export async function mirrorKeyOf(
  deps: ApiDeps,
  request: FastifyRequest<{ Params: { project: string; branch: string } }>,
): Promise<MirrorKey> {
  const { project: projectId, branch: branchId } = request.params;
  if (branchId !== 'default') return { projectId, branchId };
  const project = await requireProject(deps, projectId);
  return { projectId, branchId: await defaultBranchOf(deps, project) };
}

/**
 * The id of the project's default branch. The source is asked only once: an operator who looks at a
 * mirror because the source is down must not need the source for that.
 */
export async function defaultBranchOf(deps: ApiDeps, project: Project): Promise<string> {
  if (project.defaultBranchId !== null) return project.defaultBranchId;
  const branchId = defaultBranchId(project.id, await listBranches(deps, project));
  await noteDefaultBranch(deps.db, project.id, branchId);
  return branchId;
}

function defaultBranchId(projectId: string, branches: readonly SourceBranch[]): string {
  const branch = branches.find(({ isDefault }) => isDefault);
  if (!branch)
    throw new ApiProblem(
      422,
      'branch_not_found',
      `The source of project ${projectId} has no default branch. Give the branch's id.`,
    );
  return branch.id;
}
