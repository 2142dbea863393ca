import type { ProjectSource } from '../../db/mirror/projects.ts';
import { StreamFailure, type FailureCode } from '../../model/streams/errors.ts';
import type { PlatformSettings } from '../../platforms/platform.ts';
import type { Source, SourceBranch } from '../../platforms/source.ts';
import type { ApiDeps } from '../http/deps.ts';
import { ApiProblem } from '../http/problem.ts';
import { checkedAddress } from '../streams/repository-refusals.ts';
import { askSource } from './project-source.ts';

/** A source that a request gives, with its address in the form to store. Throws `ApiProblem` 422 if that is refused. */
export function checkedSource({ addressPolicy }: ApiDeps, source: ProjectSource): ProjectSource {
  const { url } = source;
  if (url === undefined) return source;
  return {
    ...source,
    url: checkedAddress('/source/url', () => addressPolicy.checkHttpUrl(url)),
  };
}

/** The project of a source that a request gives. */
export interface GivenProject {
  projectId: string;
  projectName: string;
}

/**
 * Reads a source that a request gives once; throws `ApiProblem` 422 if it cannot be read, or belongs to another project
 * than `id` (`null`: to any).
 */
export async function verifySource(
  deps: ApiDeps,
  id: string | null,
  source: ProjectSource,
): Promise<GivenProject> {
  return (await openGiven(deps, id, source)).project;
}

/** Like {@link verifySource}; also lists the project's branches. */
export async function lookIntoSource(
  deps: ApiDeps,
  id: string | null,
  source: ProjectSource,
): Promise<GivenProject & { branches: SourceBranch[] }> {
  const { opened, project } = await openGiven(deps, id, source);
  const branches = await ask(deps, source, opened, (asked, options) => asked.listBranches(options));
  return { ...project, branches };
}

async function openGiven(
  deps: ApiDeps,
  id: string | null,
  source: ProjectSource,
): Promise<{ opened: Source; project: GivenProject }> {
  // Only platforms that let people choose the id need it to open a source.
  const opened = deps.openSource(source, id ?? '');
  const project = await ask(deps, source, opened, (asked, options) => asked.verify(options));
  const { projectId, projectName } = project;
  if (id !== null && projectId !== id)
    throw new ApiProblem(
      422,
      'project_mismatch',
      `The token belongs to project ${projectId} (${projectName}), not to ${id}.`,
      [{ pointer: '/id', message: `the source is project ${projectId}` }],
    );
  return { opened, project };
}

/** The caller named the source, so even if it does not answer it is up to the caller to fix that. */
async function ask<T>(
  { platforms }: ApiDeps,
  { kind }: ProjectSource,
  ...[source, question]: Parameters<typeof askSource<T>>
): Promise<T> {
  try {
    return await askSource(source, question);
  } catch (error) {
    if (!(error instanceof StreamFailure) || error.code === 'internal_error') throw error;
    const pointer = pointerOf(error.code, platforms.of(kind).settings);
    throw new ApiProblem(422, error.code, error.message, [{ pointer, message: error.message }]);
  }
}

/** The field that is probably wrong: a source that refuses a token was found, another one may not be what was meant. */
function pointerOf(code: FailureCode, { url, token }: PlatformSettings): string {
  if (code === 'source_token_refused' && token !== undefined) return '/source/token';
  return url === undefined ? '/source' : '/source/url';
}
