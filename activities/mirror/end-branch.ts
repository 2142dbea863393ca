import { randomUUID } from 'node:crypto';
import type { Trx } from '../../db/connect.ts';
import { insertBatch, supersedeWaitingBatches } from '../../db/streams/batches.ts';
import { readBranchEnd } from '../../db/mirror/branch-end.ts';
import { lockGeneration, markEnding } from '../../db/mirror/mirror-marks.ts';
import { findMirror, mirrorKey, type Mirror } from '../../db/mirror/mirrors.ts';
import { updateRenderedFiles } from '../../db/mirror/rendered-files.ts';
import { findSnapshot } from '../../db/mirror/snapshots.ts';
import { assignToBatch, listWaitingChanges } from '../../db/mirror/waiting-changes.ts';
import { gitward, personFrom, samePerson, type Person } from '../../model/streams/author.ts';
import type { MirrorEnding } from '../../model/mirror/branches.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import type { Change } from '../../model/mirror/events.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { Snapshot } from '../../model/mirror/snapshot.ts';
import type { Platform } from '../../platforms/platform.ts';
import { composeMessage } from '../../model/mirror/message/message.ts';
import { cut, oneLine } from '../../model/text/outside-text.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { endedGuide } from './ended-guide.ts';
import type { Execution } from '../streams/execution.ts';
import { openMirrorSource } from './open-mirror.ts';
import { isActive } from './read-mirror.ts';
import { openTreeGuards, type TreeGuard } from './tree-guard.ts';
import { readShownParts } from './parts/shown-parts.ts';
import type { ShownParts } from './parts/tree-part.ts';

/**
 * If a reading failed because the mirror's branch no longer exists in the source, stores the mirror's last
 * batch, which says so in the guide, and marks the mirror as ending. Returns whether that was the case; the
 * caller then has nothing left to do. The default branch cannot disappear: that is a failure like any other.
 * Throws `StreamFailure` if the source cannot be asked.
 */
export async function endIfBranchGone(
  deps: ActivityDependencies,
  key: MirrorKey,
  error: unknown,
  { signal, step }: Execution,
): Promise<boolean> {
  if (!(error instanceof StreamFailure) || error.code !== 'source_not_found') return false;
  const { projectId, branchId } = key;
  const { project, platform, source } = await openMirrorSource(deps, projectId);
  step('Checking whether the branch still exists');
  const branches = await source.listBranches({ signal });
  const main = branches.find(({ isDefault }) => isDefault);
  if (main === undefined || (project.defaultBranchId ?? branchId) === branchId) return false;
  if (branches.some(({ id }) => id === branchId)) return false;

  const row = await findMirror(deps.db, key);
  if (!isActive(row)) return false;
  const ending = await readBranchEnd(deps.db, key);
  const snapshot = await findSnapshot(deps.db, deps.sealer, mirrorStream(key));
  const shown = await readShownParts(deps, row);
  const guards = await openTreeGuards(deps, row);
  await deps.db.transaction().execute(async (trx) => {
    await lockGeneration(trx, key, row.generation);
    if (row.ending !== null) return;
    // Batches made under an outdated policy must not be sent, and they cannot be rendered again.
    if (row.resyncReason === 'policy' || row.resyncReason === 'samples')
      await supersedeWaitingBatches(trx, mirrorStream(key));
    // If nothing of the branch is in Git yet, there is nothing to end there.
    if (row.initializedAt === null) await supersedeWaitingBatches(trx, mirrorStream(key));
    else
      await storeLastBatch(trx, deps, {
        platform,
        row,
        ending,
        snapshot,
        shown,
        projectName: project.name,
        guard: guards(new Map()),
      });
    await markEnding(trx, key, ending);
  });
  return true;
}

interface End {
  platform: Platform;
  row: Mirror;
  ending: MirrorEnding;
  /** What was last read of the branch. */
  snapshot: Snapshot | null;
  shown: ShownParts;
  projectName: string;
  /** Looks at the guide, and at what the commit says. */
  guard: TreeGuard;
}

/** The branch's waiting changes join its last commit, since their objects can no longer be read. */
async function storeLastBatch(
  trx: Trx,
  { sealer }: ActivityDependencies,
  { platform, row, ending, snapshot, shown, projectName, guard }: End,
): Promise<void> {
  const key = mirrorKey(row);
  const stream = mirrorStream(key);
  const rendered = endedGuide(platform, row, snapshot, { ended: ending, shown });
  if (rendered === null) return;
  const guide = guard.look(rendered);
  const changes = await listWaitingChanges(trx, key);
  const branchName = snapshot?.facts.branch.name ?? key.branchId;
  const batchId = randomUUID();
  await insertBatch(trx, sealer, {
    id: batchId,
    stream,
    windowKey: batchId,
    reason: 'ended',
    through: changes.at(-1)?.sequence ?? 0,
    message: {
      ...authorsOf(ending, changes),
      subject: guard.text(
        cut(`End the mirror: branch ${oneLine(branchName)} was ${ending.kind}`, 72),
      ),
      body: guard.text(
        composeMessage({
          reason: 'ended',
          projectName,
          branchName,
          changes,
          words: {
            wordFor: (kind) => platform.objects.wordFor(kind),
            leftOut: platform.layout.leftOut?.title ?? '',
          },
          configurationName: (kind, id) =>
            snapshot?.objects.get(platform.objects.keyOf(key.branchId, { kind, id }))?.version
              .name ?? null,
          replacedSecrets: 0,
          unlinked: [],
        }).body,
      ),
    },
    authoredAt: new Date(Math.floor(Date.parse(ending.at) / 1_000) * 1_000),
    windowOpenedAt: null,
    windowClosedAt: new Date().toISOString(),
    files: [guide],
  });
  await updateRenderedFiles(trx, stream, { written: [guide], removed: [] });
  await guard.keep(trx, stream, []);
  await assignToBatch(
    trx,
    key,
    changes.map(({ sequence }) => sequence),
    batchId,
  );
}

/** Who ended the branch, and who made the waiting changes. */
function authorsOf(
  { by }: MirrorEnding,
  changes: readonly Change[],
): { author: Person; coAuthors: Person[] } {
  const persons: Person[] = [];
  for (const text of [by, ...changes.map(({ author }) => author)]) {
    const person = personFrom(text);
    if (samePerson(person, gitward) || persons.some((known) => samePerson(known, person))) continue;
    persons.push(person);
  }
  const [author = gitward, ...coAuthors] = persons;
  return { author, coAuthors };
}
