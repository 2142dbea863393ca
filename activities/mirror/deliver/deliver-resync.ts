import { randomUUID } from 'node:crypto';
import { listKnownBatchIds } from '../../../db/streams/batches.ts';
import { wantResync, mirrorChanged } from '../../../db/mirror/mirror-marks.ts';
import { findMirror, mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { listRefused } from '../../../db/streams/refused-files.ts';
import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { listWrittenPaths } from '../../../db/mirror/written-paths.ts';
import { listUndeliveredChanges } from '../../../db/mirror/waiting-changes.ts';
import type { Remote, Tip } from '../../../git/types.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { contentKey, type SentFile } from '../../../model/streams/refusal.ts';
import { isSamplePath } from '../../../platforms/samples/sample-paths.ts';
import { whyNotPrivate } from '../../streams/check-visibility.ts';
import type { Delivered } from '../../streams/contract.ts';
import { deliverStream, type FoundStream } from '../../streams/deliver-stream.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { TipExamination } from '../../streams/examine-tip.ts';
import type { Execution } from '../../streams/execution.ts';
import { inheritedFiles } from '../inherited-files.ts';
import { openForDelivery, repositoryOf } from '../open-mirror.ts';
import { holdUntold } from '../untold-removals.ts';
import { askParts } from '../parts/tree-parts.ts';
import { inPlace, readPlace } from '../place.ts';
import { isActive } from '../read-mirror.ts';
import { openTreeGuards } from '../tree-guard.ts';
import { readWholeBranch } from '../window/read-window.ts';
import { sendAround, type Portion, type SendPortion } from '../../streams/around-refusals.ts';
import { describeEdits } from './edits-of-others.ts';
import { noteResync } from './note-resync.ts';
import { provenFiles } from './proven-files.ts';
import {
  planResync,
  type ResyncFacts,
  type ResyncMessage,
  type ResyncPlan,
  type Resync,
} from './plan-resync.ts';

/**
 * Renders the whole project and commits the difference to the tip: for the first commit of a mirror, a new
 * policy, or a recovery after marks were lost. Nothing is stored first, since it can be rendered again.
 * Waiting batches are discarded and their changes join the commit.
 */
export async function deliverResync(
  deps: ActivityDependencies,
  row: Mirror,
  execution: Execution,
): Promise<Delivered> {
  const everything = await renderResync(deps, row, execution);
  const remote = await openForDelivery(deps, row);
  const send: SendPortion = async (portion, tried) => {
    const files: SentFile[] = [];
    const { tip, commits } = await deliverStream<
      FoundStream,
      ResyncFacts,
      ResyncMessage,
      ResyncPlan,
      unknown
    >(
      deps,
      {
        stream: mirrorStream(mirrorKey(row)),
        remote,
        find: () => findForResync(deps, everything),
        prepare: async (at, _found, examined) => {
          files.length = 0;
          const facts = await prepareResync(deps, everything, at, examined);
          const proven = await provenFiles(deps, { row, remote, tip: at.sha, examined }, execution);
          const undone = await undoneBy(deps, { everything, remote, tip: at.sha }, execution);
          return {
            ...facts,
            proven,
            undone,
            ...(await portionFacts(deps, everything, portion, files)),
          };
        },
        plan: (_tip, facts) => planResync(everything, facts, execution),
        check: async ({ messages }) => {
          await checkResync(deps, row, messages, execution);
          tried({ batches: [everything.batchId], files });
        },
        note: async (delivery) => {
          if (!delivery.plan.isPart) await noteResync(deps, everything, delivery);
        },
      },
      execution,
    );
    return { tip, commits };
  };
  const around = {
    stream: mirrorStream(mirrorKey(row)),
    inRepository: (path: string) => inPlace(row.subdirectory, path),
    send,
  };
  return sendAround(deps, around, execution);
}

/** What others changed, if that is what the resync puts right. */
async function undoneBy(
  deps: ActivityDependencies,
  { everything, remote, tip }: { everything: Resync; remote: Remote; tip: string | null },
  execution: Execution,
): Promise<string> {
  const { row, reason, tree } = everything;
  if (reason !== 'drift' || tip === null) return '';
  const { ownedFolders } = tree.read.platform.layout;
  return describeEdits(deps, { row, remote, tip, ownedFolders }, execution);
}

/** Which files a portion of a resync sends: not those that the host refuses. Collects them in `sent`. */
async function portionFacts(
  { db }: ActivityDependencies,
  { row, batchId }: Resync,
  portion: Portion | null,
  sent: SentFile[],
): Promise<Pick<ResyncFacts, 'isSent' | 'isPart'>> {
  const only = portion?.files === undefined ? null : new Set(portion.files);
  const stream = mirrorStream(mirrorKey(row));
  const refused = new Set((await listRefused(db, stream)).map(contentKey));
  return {
    isPart: only !== null,
    isSent: (file) => {
      if (refused.has(contentKey(file)) || only?.has(file.path) === false) return false;
      sent.push({ ...file, batch: batchId });
      return true;
    },
  };
}

/** Reads the project and the parts of its tree, without keeping any of their bytes. */
async function renderResync(
  deps: ActivityDependencies,
  row: Mirror,
  execution: Execution,
): Promise<Resync> {
  const key = mirrorKey(row);
  const before = await listRenderedFiles(deps.db, mirrorStream(key));
  const ours = await listWrittenPaths(deps.db, mirrorStream(key));
  const changes = await listUndeliveredChanges(deps.db, key);
  const read = await readWholeBranch(deps, row, changes, execution);
  const parts = await askParts({
    deps,
    row,
    platform: read.platform,
    source: read.source,
    execution,
    changes,
    scope: 'everything',
    storage: read.view.storage,
    asOf: new Date(read.beganAt),
  });
  const guards = await openTreeGuards(deps, row);
  return {
    row,
    reason: row.resyncReason ?? 'recovery',
    batchId: randomUUID(),
    installationId: deps.installationId,
    before,
    ours,
    tree: { row, read, parts, newGuard: () => guards(before) },
  };
}

async function findForResync(
  { db }: ActivityDependencies,
  { row, reason }: Resync,
): Promise<FoundStream | null> {
  const now = await findMirror(db, mirrorKey(row));
  if (!isActive(now)) return null;
  if (now.generation !== row.generation) throw mirrorChanged(mirrorKey(row));
  return { expected: { deliveredSha: row.deliveredSha, approved: reason === 'adopt' } };
}

/** What is at the mirror's place, and which of it was sent by an earlier delivery that did not finish. */
async function prepareResync(
  deps: ActivityDependencies,
  { row, reason, before, tree: { read } }: Resync,
  tip: Tip,
  examined: TipExamination,
): Promise<Omit<ResyncFacts, 'isSent' | 'isPart' | 'proven' | 'undone'>> {
  const key = mirrorKey(row);
  const { own } = examined;
  const approved = reason === 'adopt';
  const ids = own.flatMap(({ batches }) => batches);
  const known = await listKnownBatchIds(deps.db, mirrorStream(key), ids);
  // A mirror that was moved within its repository finds its commits there, but they belong to the other
  // place. A first delivery that did not finish made commits of batches that were never stored.
  const ofAnotherPlace =
    reason === 'initial' && (own[0]?.batches.some((id) => known.has(id)) ?? false);
  const deliveredHere = examined.delivered && !ofAnotherPlace;
  // Also if a first commit was sent but not noted: what it left alone stays.
  const isFirst = !deliveredHere || before.size === 0;
  return {
    approved,
    examined,
    deliveredHere,
    ...(await readPlace(tip, row.subdirectory, read.platform)),
    inherited: approved || !isFirst ? null : await inheritedFiles(deps, row, tip),
    undelivered: await listUndeliveredChanges(deps.db, key, known),
    holdUntold: (removed, isGone) => holdUntold(deps, { row, read, before, removed, isGone }),
  };
}

/** Building the commit took some time, so check whether it is still allowed. */
async function checkResync(
  deps: ActivityDependencies,
  row: Mirror,
  messages: readonly ResyncMessage[],
  { signal }: Execution,
): Promise<void> {
  const key = mirrorKey(row);
  const now = await findMirror(deps.db, key);
  if (!isActive(now) || now.generation !== row.generation) throw mirrorChanged(key);
  const written = messages.flatMap(({ rendering }) => rendering.written);
  if (!written.some(({ path }) => isSamplePath(path))) return;
  if ((await whyNotPrivate(deps, repositoryOf(row), { signal, anew: true })) === null) return;
  await wantResync(deps.db, key, 'samples');
  throw mirrorChanged(key);
}
