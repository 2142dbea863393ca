import type { Mirror } from '../../db/mirror/mirrors.ts';
import type { MirrorEnding } from '../../model/mirror/branches.ts';
import type { PlatformProject } from '../../model/platform/project.ts';
import type { Snapshot } from '../../model/mirror/snapshot.ts';
import type { RenderedFile } from '../../model/platform/tree.ts';
import { renderProject } from '../../platforms/keboola/layout/render-project.ts';
import { renderedBefore } from './window/render-view.ts';
import { nothingShown } from './parts/shown-parts.ts';
import type { ShownParts } from './parts/tree-part.ts';

/**
 * The guide of a branch that is gone: as it was last, and with what became of the branch. Where nothing
 * is known of it any more (a snapshot that was lost), without its components. `null` where the tree has no guide.
 */
export function endedGuide(
  row: Pick<Mirror, 'projectId' | 'branchId' | 'policy'>,
  snapshot: Snapshot | null,
  { ended, shown }: { ended: MirrorEnding; shown: Pick<ShownParts, 'samples'> },
): RenderedFile | null {
  const { secrets, branchPath, storage, jobs, samples } = row.policy;
  const before = snapshot && renderedBefore(snapshot, nothingShown);
  const { files } = renderProject(snapshot ? projectOf(snapshot) : unknownProject(row), {
    root: 'configs',
    allowedBranches: [row.branchId],
    secrets,
    branchPath,
    storage,
    parts: { jobs, samples: shown.samples ? samples : null },
    ended,
    // Of the rest nothing is written, and nothing was read.
    only: new Set(),
    givenPaths: before?.paths ?? new Map(),
    findings: before?.findings ?? new Map(),
  });
  return files.get('ai/README.md') ?? null;
}

function projectOf({ facts, storage, configurations }: Snapshot): PlatformProject {
  const outlines = [...configurations.values()].map(({ outline }) => outline);
  return {
    ...facts.project,
    branches: [{ ...facts.branch, storage, configurations: outlines }],
  };
}

function unknownProject({
  projectId,
  branchId,
}: Pick<Mirror, 'projectId' | 'branchId'>): PlatformProject {
  return {
    id: projectId,
    apiHost: '',
    backends: [],
    features: [],
    defaultBranchId: '',
    components: [],
    branches: [
      {
        id: branchId,
        name: branchId,
        isDefault: false,
        description: '',
        metadata: [],
        configurations: [],
        storage: null,
      },
    ],
  };
}
