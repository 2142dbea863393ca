import type { SpaceOutline } from '../../db/overview/space-outlines.ts';
import type { MirrorOutline } from '../../db/overview/mirror-outlines.ts';
import type { OpenOutage } from '../../db/streams/open-outages.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import { spaceReason } from '../../model/knowledge/space-reason.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { mirrorReason } from '../../model/mirror/mirror-reason.ts';
import { worstFirst } from '../../model/streams/state.ts';
import { failureSeen } from '../knowledge/spaces/seen-failure.ts';
import { lastCommitView, outageView } from '../streams/stream-view.ts';
import type { StreamItem } from './overview-schema.ts';

/** A mirror in the list of everything. */
export function mirrorItem(mirror: MirrorOutline): StreamItem {
  const { row, projectName, isDefault, state, pendingChanges, outage } = mirror;
  return {
    product: 'mirror',
    id: mirrorStream(row),
    projectId: row.projectId,
    branchId: row.branchId,
    spaceId: null,
    name: projectName,
    detail: isDefault ? 'default branch' : `branch ${row.branchId}`,
    state,
    reason: mirrorReason({
      ...{ state, waiting: pendingChanges, outage: outage && explained(outage) },
      ...{ resyncReason: row.resyncReason, ending: row.ending, endedBecause: row.endedBecause },
      ...{ samplesEnabled: mirror.samplesEnabled, visibility: mirror.visibility },
    }),
    waiting: pendingChanges,
    waitingSince: mirror.waitingSince?.toISOString() ?? null,
    undecided: null,
    lastCommit: lastCommitView(row),
    outage: outage && outageView(outage),
    repository: {
      url: row.repositoryUrl,
      branch: row.repositoryBranch,
      subdirectory: row.subdirectory,
    },
  };
}

/** A space in the list of everything; it tells only about the kinds that the outline is about. */
export function spaceItem(space: SpaceOutline): StreamItem {
  const { row, kinds, state, waitingSaves, heldSaves, openConflicts, outage } = space;
  const hasHeldKinds = kinds === null && row.heldKinds !== null;
  const hasHeldRules = kinds === null && row.heldRules !== null;
  const { host, pathname } = new URL(row.repositoryUrl);
  return {
    product: 'space',
    id: spaceStream(row.id),
    projectId: null,
    branchId: null,
    spaceId: row.id,
    name: row.name,
    detail: host + pathname,
    state,
    reason: spaceReason({
      ...{ state, waiting: waitingSaves, outage: outage && explained(outage) },
      ...{ held: heldSaves, openConflicts },
      ...{ hasHeldKinds, hasHeldRules },
    }),
    waiting: waitingSaves,
    waitingSince: space.waitingSince?.toISOString() ?? null,
    undecided: {
      ...{ conflicts: openConflicts, heldSaves, reviews: space.openReviews },
      files: hasHeldKinds || hasHeldRules,
    },
    lastCommit: lastCommitView(row),
    outage: outage && outageView({ ...outage, reason: failureSeen(outage.reason, kinds) }),
    repository: { url: row.repositoryUrl, branch: row.repositoryBranch, subdirectory: row.root },
  };
}

/** The items with those first that most need somebody's attention, then by name. */
export function inOrder(items: readonly StreamItem[]): StreamItem[] {
  return items.toSorted(
    (a, b) =>
      worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state) ||
      Number(a.reason === null) - Number(b.reason === null) ||
      compare(a.name, b.name) ||
      compare(a.id, b.id),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function explained({ lane, reason }: OpenOutage) {
  return { lane, code: reason.code };
}
