import type { Mirror } from '../../db/mirror/mirrors.ts';
import type { MirrorEnding } from '../../model/mirror/branches.ts';
import type { Snapshot } from '../../model/mirror/snapshot.ts';
import type { RenderedFile } from '../../model/platform/tree.ts';
import type { Platform } from '../../platforms/platform.ts';
import { laidOut, renderedBefore } from './window/render-view.ts';
import { nothingShown } from './parts/shown-parts.ts';
import type { ShownParts } from './parts/tree-part.ts';

/**
 * The guide of a branch that no longer exists: its last version, plus how the branch ended. If nothing else is
 * known about the branch (its snapshot was lost), without its objects. `null` if the tree has no guide.
 */
export function endedGuide(
  { layout }: Platform,
  { projectId, branchId, policy }: Pick<Mirror, 'projectId' | 'branchId' | 'policy'>,
  snapshot: Snapshot | null,
  { ended, shown }: { ended: MirrorEnding; shown: Pick<ShownParts, 'samples'> },
): RenderedFile | null {
  const before = snapshot && renderedBefore(snapshot, nothingShown);
  return layout.endedGuide({
    projectId,
    branchId,
    last: snapshot && laidOut(snapshot),
    givenPaths: before?.paths ?? new Map(),
    findings: before?.findings ?? new Map(),
    policy,
    hasSamples: shown.samples,
    ended,
  });
}
