import { sql } from 'kysely';
import type { Trx } from '../connect.ts';
import type { NewItem } from './operation-items.ts';

/** Adds one item for each entry of the space to an operation, ordered by path. */
export async function insertItemsOfEntries(
  trx: Trx,
  operationId: string,
  spaceId: string,
): Promise<void> {
  await sql`
    INSERT INTO operation_items (operation_id, ordinal, name, entry_id)
    SELECT ${operationId}::uuid, row_number() OVER (ORDER BY path), path, id
    FROM entries WHERE space_id = ${spaceId}`.execute(trx);
  await sql`
    UPDATE operations
    SET total = (SELECT count(*) FROM operation_items WHERE operation_id = ${operationId})
    WHERE id = ${operationId}`.execute(trx);
}

/** Marks an entry as not being in Git, whatever was known before, so that it can be saved again. */
export async function forgetInGit(trx: Trx, spaceId: string, entryId: string): Promise<void> {
  await trx
    .updateTable('entries')
    .set({ gitBlob: null, gitText: null, headBlob: null, headText: null })
    .where('spaceId', '=', spaceId)
    .where('id', '=', entryId)
    .execute();
}

/**
 * The result of reading every file: how many entries there are in Git, and an item for each invalid
 * one.
 */
export async function readSyncResult(
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
