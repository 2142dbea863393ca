import type { MirrorRow } from '../db/mirrors.ts';
import { readUndeliveredChanges } from '../db/waiting-changes.ts';
import type { Reading } from '../model/claim.ts';
import { StreamFailure } from '../model/errors.ts';
import type { MirrorPolicy } from '../model/mirror.ts';
import type { PlatformBranch, PlatformProject } from '../model/project.ts';
import type { GivenPaths, Rendering } from '../model/tree.ts';
import { renderProject } from '../render/render-project.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Execution } from './execution.ts';
import { openMirrorSource } from './open-mirror.ts';

/** A project as read and rendered for a mirror. */
export interface Rendered {
  projectName: string;
  project: PlatformProject;
  reading: Reading;
  rendering: Rendering;
}

/**
 * Reads the mirror's branch from its source and renders it over the paths that its objects have.
 * Throws `StreamFailure` with a `source_…` code.
 */
export async function readAndRender(
  deps: ActivityDependencies,
  row: MirrorRow,
  givenPaths: GivenPaths,
  { signal, step }: Execution,
): Promise<Rendered> {
  const key = { projectId: row.project_id, branchId: row.branch_id };
  const { project: stored, source } = await openMirrorSource(deps, key.projectId);
  const seenThrough = (await readUndeliveredChanges(deps.db, key)).at(-1)?.sequence ?? 0;
  const beganAt = new Date().toISOString();
  step('Reading the project');
  const project = await source.readProject([key.branchId], { signal });
  step('Rendering the project');
  const rendering = renderBranch(project, key.branchId, row.policy, givenPaths);
  return {
    projectName: stored.name,
    project,
    reading: { branch: branchOf(project, key.branchId), seenThrough, beganAt },
    rendering,
  };
}

/** One branch of a project as the files of its mirror. Throws `source_not_found` where it has none such. */
export function renderBranch(
  project: PlatformProject,
  branchId: string,
  { secrets, branchPath, storage }: MirrorPolicy,
  givenPaths: GivenPaths,
): Rendering {
  const branch = branchOf(project, branchId);
  return renderProject(project, {
    root: 'configs',
    allowedBranches: [branch.isDefault ? '__main__' : branch.id],
    secrets,
    branchPath,
    storage,
    givenPaths,
  });
}

function branchOf(project: PlatformProject, branchId: string): PlatformBranch {
  const branch = project.branches.find(({ id }) => id === branchId);
  if (branch !== undefined) return branch;
  throw new StreamFailure(
    'source_not_found',
    `Project ${project.id} has no branch ${branchId} any more. End its mirror, or restore the branch.`,
  );
}
