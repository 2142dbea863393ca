import { isDeepStrictEqual } from 'node:util';
import { mirrorKey, type Mirror } from '../../db/mirror/mirrors.ts';
import { countWaiting } from '../../db/mirror/waiting-changes.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { storageGroup } from '../../model/platform/tree.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { askHost } from '../streams/ask-host.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import type { Execution } from '../streams/execution.ts';
import { openMirrorRemote, repositoryOf } from './open-mirror.ts';
import { askParts, isOfPart } from './parts/tree-parts.ts';
import { isActive, needsResync } from './read-mirror.ts';
import { isAsShown, readWholeBranch, type ReadProject } from './window/read-window.ts';

/**
 * Finds those of a project's mirrors for which a catch-up would do nothing: everything is delivered, the Git branches are where our
 * last commits left them, and the platform's branches are as they were read. It reads what a catch-up reads, but renders, stores and sends nothing.
 * Where anything fails, the mirrors concerned are not among them: they find the failure themselves, and report it.
 */
export async function findUnchanged(
  deps: ActivityDependencies,
  rows: readonly Mirror[],
  execution: Execution,
): Promise<Set<StreamId>> {
  const unchanged = new Set<StreamId>();
  const settled = await filterInTurn(rows, (row) => isSettled(deps, row));
  try {
    for (const row of await whereTheyWereLeft(deps, settled, execution))
      if (await isAsRead(deps, row, execution)) unchanged.add(mirrorStream(mirrorKey(row)));
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
  }
  return unchanged;
}

/** Whether nothing of a mirror waits, in whatever form. */
async function isSettled({ db }: ActivityDependencies, row: Mirror): Promise<boolean> {
  if (!isActive(row) || needsResync(row)) return false;
  const { undeliveredChanges, waitingBatches } = await countWaiting(db, mirrorKey(row));
  return undeliveredChanges === 0 && waitingBatches === 0;
}

/** Those whose Git branches are at our last commits. Each repository is asked once. */
async function whereTheyWereLeft(
  deps: ActivityDependencies,
  rows: readonly Mirror[],
  execution: Execution,
): Promise<Mirror[]> {
  const left: Mirror[] = [];
  for (const [first, ...others] of byRepository(rows)) {
    const group = [first, ...others];
    const branches = group.map(({ repositoryBranch }) => repositoryBranch);
    execution.step('Reading the repository');
    const tips = await askHost(deps, repositoryOf(first), execution, async () =>
      deps.git.askBranches(await openMirrorRemote(deps, first), branches, execution),
    );
    left.push(...group.filter((row) => isAsLeft(row, tips.get(row.repositoryBranch))));
  }
  return left;
}

/** Those that share a repository and the credential for it. */
function byRepository(rows: readonly Mirror[]): Iterable<[Mirror, ...Mirror[]]> {
  const groups = new Map<string, [Mirror, ...Mirror[]]>();
  for (const row of rows) {
    const place = JSON.stringify([row.repositoryUrl, row.credentialId]);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [row]);
    else group.push(row);
  }
  return groups.values();
}

/** Whether our last commit is known to be on this tip. */
function isAsLeft({ deliveredSha, checkedTip }: Mirror, tip: string | undefined): boolean {
  return tip !== undefined && (tip === deliveredSha || tip === checkedTip);
}

/** Whether a branch is as it was when it was rendered, and its parts have nothing to add. */
async function isAsRead(
  deps: ActivityDependencies,
  row: Mirror,
  execution: Execution,
): Promise<boolean> {
  // What was wrong with a part may be well again.
  if (row.warnings.some(({ owner }) => isOfPart(owner))) return false;
  const read = await readWholeBranch(deps, row, [], execution);
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

async function filterInTurn<T>(
  items: readonly T[],
  isWanted: (item: T) => Promise<boolean>,
): Promise<T[]> {
  const wanted: T[] = [];
  for (const item of items) if (await isWanted(item)) wanted.push(item);
  return wanted;
}
