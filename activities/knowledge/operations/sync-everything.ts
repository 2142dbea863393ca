import { sql } from 'kysely';
import type { Trx } from '../../../db/connect.ts';
import { replaceItems, type NewItem } from '../../../db/knowledge/operation-items.ts';
import { lockOperation, type Operation } from '../../../db/knowledge/operations.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { findSpace } from '../../../db/knowledge/spaces.ts';
import { gitFilesOf } from '../../../db/knowledge/entry-writes.ts';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { OperationRun } from './run-operation.ts';
import { awaitSpace, ended } from './await-space.ts';
import type { Ending } from './ending.ts';

/** Asks the space to read every file again; the mark holds whatever fails. */
export async function beginSync(trx: Trx, { spaceId, dryRun }: Operation): Promise<void> {
  if (dryRun) return;
  await trx
    .updateTable('spaces')
    .set({ rereadWanted: true })
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .execute();
}

/** Waits until every file of the branch was read again; counts entries, and lists those that are invalid. */
export async function syncEverything(run: OperationRun): Promise<Ending | null> {
  const { deps, row, execution, progress } = run;
  if (row.dryRun) return lookAhead(run);
  await progress('Reading every file of the branch');
  const late = await awaitSpace(deps, row.spaceId, (space) => !space.rereadWanted, execution);
  // The space does it as soon as it can.
  if (late !== null) return { state: 'failed', failure: late };
  const noted = await deps.db.transaction().execute(async (trx) => {
    if ((await lockOperation(trx, row.id)) === null) return false;
    const { read, invalid } = await readResult(trx, row.spaceId);
    await replaceItems(trx, row.id, invalid, { read: read - invalid.length });
    return true;
  });
  return noted ? { state: 'done', failure: null } : null;
}

async function readResult(
  trx: Trx,
  spaceId: string,
): Promise<{ read: number; invalid: NewItem[] }> {
  const { read } = await trx
    .selectFrom('entries')
    .select(({ fn }) => fn.countAll<number>().as('read'))
    .where('spaceId', '=', spaceId)
    .where('gitBlob', 'is not', null)
    .executeTakeFirstOrThrow();
  const rows = await trx
    .selectFrom('entries')
    .select(['id', 'path', 'problems'])
    .where('spaceId', '=', spaceId)
    .where('gitBlob', 'is not', null)
    .where(sql<boolean>`problems != '[]'`)
    .orderBy('path')
    .execute();
  return {
    read,
    invalid: rows.map(({ id, path, problems: [problem] }) => ({
      name: path,
      content: null,
      outcome: 'invalid',
      entryId: id,
      ...(problem === undefined ? {} : { message: `line ${problem.line}: ${problem.message}` }),
    })),
  };
}

/** What the next sync would do beside reading all again: entries that are new or changed on the branch, or gone. */
async function lookAhead({ deps, row, execution }: OperationRun): Promise<Ending | null> {
  const { db, sealer, clones } = deps;
  const space = await findSpace(db, row.spaceId);
  if (space === null) return { state: 'failed', failure: ended(row.spaceId) };
  const { signal, step } = execution;
  const files = await clones.withClone(
    await openRemote({ db, sealer }, space),
    'fresh',
    async (clone) => (clone.tip === null ? [] : clone.changes(null, clone.tip, space.root)),
    { signal, onProgress: step },
  );
  const kinds = kindsOf(space.kinds);
  const found = files.filter(({ path }) => kindOfPath(kinds, space.root, path) !== null);
  const known = await gitFilesOf(db, space.id);
  const paths = new Set(found.map(({ path }) => path));
  const toRead = found.filter(({ path, blobId }) => known.get(path) !== blobId);
  const toRemove = [...known.keys()].filter((path) => !paths.has(path));
  const items: NewItem[] = [
    ...toRead.map(({ path }) => ({ name: path, content: null, outcome: 'would_read' as const })),
    ...toRemove.map((path) => ({ name: path, content: null, outcome: 'would_remove' as const })),
  ];
  await db
    .transaction()
    .execute((trx) =>
      replaceItems(trx, row.id, items, { unchanged: found.length - toRead.length }),
    );
  return { state: 'done', failure: null };
}
