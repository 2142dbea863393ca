import { isDeepStrictEqual } from 'node:util';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { listRefusedOf } from '../../../db/streams/refused-files.ts';
import { findBusy } from '../../../db/mirror/waiting-changes.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { MirrorPolicy } from '../../../model/mirror/mirror.ts';
import { storageGroup } from '../../../model/platform/tree.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import type { ReadOnce } from '../../../platforms/source.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { openMirrorSource } from '../open-mirror.ts';
import { askParts, isOfPart } from '../parts/tree-parts.ts';
import { needsResync } from '../read-mirror.ts';
import {
  isAsShown,
  readWholeBranch,
  type ReadProject,
  type SharedReading,
} from '../window/read-window.ts';
import type { TipsAtHand } from './tips-at-hand.ts';

/** What finding unchanged mirrors needs. */
type Dependencies = ActivityDependencies & { tipsAtHand: TipsAtHand };

/**
 * Finds those of a project's active mirrors for which a catch-up would do nothing: everything is delivered, the Git branches are where our
 * last commits left them, and the platform's branches are as they were read. It reads what a catch-up reads, but renders, stores and
 * sends nothing. Where anything fails, the mirrors concerned are not among them: they find the failure themselves, and report it.
 */
export async function findUnchanged(
  deps: Dependencies,
  projectId: string,
  rows: readonly Mirror[],
  execution: Execution,
): Promise<Set<StreamId>> {
  const unchanged = new Set<StreamId>();
  const settled = await whatIsSettled(deps, projectId, rows);
  if (settled.length === 0) return unchanged;
  try {
    const left = await deps.tipsAtHand.asLeft(settled, execution);
    const shared = { opened: await openMirrorSource(deps, projectId), once: readingOnce() };
    for (const row of left)
      if (await isAsRead(deps, row, shared, execution)) unchanged.add(mirrorStream(mirrorKey(row)));
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
  }
  return unchanged;
}

/** Those of which nothing waits, in whatever form. */
async function whatIsSettled(
  { db }: Dependencies,
  projectId: string,
  rows: readonly Mirror[],
): Promise<Mirror[]> {
  const candidates = rows.filter((row) => !needsResync(row) && !hasPartWarnings(row));
  const streams = candidates.map((row) => mirrorStream(mirrorKey(row)));
  const busy = await findBusy(db, projectId, streams);
  const refused = await listRefusedOf(db, streams);
  return candidates.filter((row) => {
    const stream = mirrorStream(mirrorKey(row));
    return !busy.has(stream) && !refused.has(stream);
  });
}

/** Whether something was wrong with a part, which may be well again. */
function hasPartWarnings({ warnings }: Mirror): boolean {
  return warnings.some(({ owner }) => isOfPart(owner));
}

/** Whether a branch is as it was when it was rendered, and its parts have nothing to add. */
async function isAsRead(
  deps: Dependencies,
  row: Mirror,
  shared: SharedReading,
  execution: Execution,
): Promise<boolean> {
  const read = await readWholeBranch(deps, row, [], execution, shared);
  if (!isAsInSnapshot(read, row.policy)) return false;
  const { platform, source, before, view, beganAt } = read;
  const { files, removed, warnings, shown } = await askParts({
    deps,
    row,
    platform,
    source,
    execution,
    changes: [],
    scope: 'catch-up',
    storage: view.storage,
    asOf: new Date(beganAt),
  });
  const isNothing = [files, removed, warnings].every(({ length }) => length === 0);
  return isNothing && isAsShown(shown, before.shown);
}

function isAsInSnapshot(
  { snapshot, view, platform: { layout } }: ReadProject,
  policy: MirrorPolicy,
): boolean {
  if (snapshot === null) return false;
  const { branch, details } = snapshot.facts;
  return (
    // The storage counts as changed whenever it is read.
    [...view.changed].every((group) => group === storageGroup) &&
    view.objects.size === snapshot.objects.size &&
    isDeepStrictEqual(view.facts, { branch, details }) &&
    (view.storage === null || snapshot.storage === null
      ? view.storage === snapshot.storage
      : layout.isSameStorage(view.storage, snapshot.storage, policy.storage))
  );
}

/** Remembers what was read by its name. */
function readingOnce(): ReadOnce {
  const readings = new Map<string, Promise<unknown>>();
  return <T>(name: string, read: () => Promise<T>) => {
    const reading = readings.get(name) ?? read();
    readings.set(name, reading);
    return reading as Promise<T>;
  };
}
