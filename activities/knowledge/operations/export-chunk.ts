import {
  noteDone,
  listUndoneItems,
  type OperationItem,
} from '../../../db/knowledge/operation-items.ts';
import { listEntriesAbout } from '../../../db/knowledge/entry-writes.ts';
import { lockOperation } from '../../../db/knowledge/operations.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { findSpace, lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { FilePaths, filesWanted } from '../reading/file-paths.ts';
import { failWithoutSpace } from './ending.ts';
import { exportEntry, type ExportFacts } from './export-entry.ts';
import type { Chunks, OperationRun } from './operation-run.ts';
import { refusedKinds } from './refused-kinds.ts';

/** Entries per transaction, during which others cannot save. */
const portion = { items: 200, bytes: 4 * 1024 * 1024 };

/**
 * Compares the entries with the commit that the database should match, some at a time, and saves again those that the
 * branch does not have.
 */
export async function* exportChunks(run: OperationRun): Chunks {
  const { deps, row, progress } = run;
  let tree: Tree | undefined;
  for (;;) {
    const items = await listUndoneItems(deps.db, row.id, portion);
    const [first] = items;
    if (first === undefined) return;
    await progress(first.name);
    const space = await findSpace(deps.db, row.spaceId);
    if (space?.partlyRead === true) {
      yield 'later';
      return;
    }
    // If the space no longer exists, that is found when it is locked.
    if (space !== null && tree?.sha !== space.syncedSha) tree = await readTree(run, space);
    const { sha = null, files = new Map<string, string>() } = tree ?? {};
    const refusals =
      space === null ? new Map<string, string>() : await refusalsOf(run, space, items, files);
    const done = await exportChunk(run, items, { sha, files, refusals });
    if (done === 'rung') await deps.spaces.signal(row.spaceId, 'doorbell');
    yield done === 'ended' || done === 'later' ? done : 'done';
  }
}

/** The files of a commit: path → blob id. */
interface Tree {
  /** `null` if the branch does not exist. */
  sha: string | null;
  files: ReadonlyMap<string, string>;
}

async function readTree({ deps, execution }: OperationRun, space: Space): Promise<Tree> {
  const { syncedSha: sha, root } = space;
  if (sha === null) return { sha, files: new Map() };
  const { signal, step } = execution;
  const paths = new FilePaths(root, kindsOf(space.kinds));
  const wanted = filesWanted(deps.readingLimits, (path) => paths.kindOf(path) !== null);
  const files = await deps.clones.withClone(
    await openRemote(deps, space),
    { commit: sha },
    (clone) => clone.changes(null, sha, root, wanted),
    { signal, onProgress: step },
  );
  return { sha, files: new Map(files.map(({ path, blobId }) => [path, blobId ?? ''])) };
}

/** Why entries that the branch lacks must not be saved again, by kind. */
async function refusalsOf(
  run: OperationRun,
  space: Space,
  items: readonly OperationItem[],
  files: Tree['files'],
): Promise<ReadonlyMap<string, string>> {
  const ids = items.flatMap(({ entryId }) => entryId ?? []);
  const entries = await listEntriesAbout(run.deps.db, space.id, { paths: [], ids });
  const lacking = entries.filter(({ path, waiting }) => !waiting && !files.has(path));
  return refusedKinds(
    run,
    space,
    lacking.map(({ kind }) => kind),
  );
}

/** Milliseconds after which no further entry is looked at under the same lock, because others are waiting to save. */
const turn = 500;

/** `later`: the branch is being read right now; `moved`: it was read in the meantime, so compare again. */
async function exportChunk(
  { deps, row }: OperationRun,
  items: readonly OperationItem[],
  { sha, ...facts }: Tree & ExportFacts,
): Promise<'ended' | 'later' | 'moved' | 'rung' | 'done'> {
  return deps.db.transaction().execute(async (trx) => {
    if ((await lockOperation(trx, row.id)) === null) return 'ended';
    const space = await lockSpace(trx, row.spaceId);
    if (space === null) {
      await failWithoutSpace(trx, row);
      return 'ended';
    }
    if (space.partlyRead) return 'later';
    if (space.syncedSha !== sha) return 'moved';
    const done = [];
    const until = performance.now() + turn;
    for (const item of items) {
      if (performance.now() >= until) break;
      done.push(await exportEntry(trx, row, item, facts));
    }
    await noteDone(trx, row.id, done);
    return done.some(({ ring }) => ring) ? 'rung' : 'done';
  });
}
