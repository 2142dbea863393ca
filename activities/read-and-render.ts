import type { MirrorRow } from '../db/mirrors.ts';
import { readUndeliveredChanges } from '../db/waiting-changes.ts';
import type { Reading } from '../model/claim.ts';
import { StreamFailure } from '../model/errors.ts';
import type { PlatformProject } from '../model/project.ts';
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
  const branch = project.branches.find(({ id }) => id === key.branchId);
  if (branch === undefined) {
    throw new StreamFailure(
      'source_not_found',
      `Project ${key.projectId} has no branch ${key.branchId} any more. End its mirror, or restore the branch.`,
    );
  }
  step('Rendering the project');
  const rendering = renderProject(project, {
    root: 'configs',
    allowedBranches: [branch.isDefault ? '__main__' : branch.id],
    secrets: row.policy.secrets,
    branchPath: row.policy.branchPath,
    givenPaths,
  });
  return {
    projectName: stored.name,
    project,
    reading: { branch, seenThrough, beganAt },
    rendering,
  };
}
