import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { Via } from '../../model/knowledge/entry.ts';
import { uuid } from '../../model/text/uuid.ts';

/** What happened to waiting saves when they were merged into the content of the branch. */
export interface SaveOutcomes {
  /** Saves that our own commits contain, with the commit. */
  delivered: readonly { id: string; sha: string }[];
  /** Saves that keep waiting with another text. */
  changed: readonly { id: string; text: string | null }[];
  unneeded: readonly string[];
  clashes: readonly { id: string; conflictId: string }[];
}

/**
 * Stores the outcomes of saves, with one statement for each kind of outcome, however many saves
 * there are. Returns how many seconds ago each of those was accepted that are delivered now.
 */
export async function markSaves(
  trx: Trx,
  { delivered, changed, unneeded, clashes }: SaveOutcomes,
): Promise<number[]> {
  const waited = delivered.length > 0 ? await markDelivered(trx, delivered) : [];
  if (changed.length > 0)
    await sql`
      UPDATE saves SET current_text = became.text
      FROM unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ text }) => text)}::text[])
        AS became (id, text)
      WHERE saves.id = became.id`.execute(trx);
  if (unneeded.length > 0)
    await trx
      .updateTable('saves')
      .set({ state: 'unneeded' })
      .where(sql<boolean>`id = ANY (${unneeded}::uuid[])`)
      .execute();
  if (clashes.length > 0)
    await sql`
      UPDATE saves SET state = 'conflict', conflict_id = became.conflict_id
      FROM unnest(
        ${clashes.map(({ id }) => id)}::uuid[],
        ${clashes.map(({ conflictId }) => conflictId)}::uuid[]
      ) AS became (id, conflict_id)
      WHERE saves.id = became.id`.execute(trx);
  return waited;
}

async function markDelivered(trx: Trx, delivered: SaveOutcomes['delivered']): Promise<number[]> {
  const { rows } = await sql<{ seconds: number }>`
    UPDATE saves SET state = 'delivered', commit_sha = became.sha, delivered_at = now()
    FROM unnest(${delivered.map(({ id }) => id)}::uuid[], ${delivered.map(({ sha }) => sha)}::text[])
      AS became (id, sha)
    WHERE saves.id = became.id AND saves.state = 'waiting'
    RETURNING greatest(0, date_part('epoch', now() - saves.created_at)) AS seconds`.execute(trx);
  return rows.map(({ seconds }) => seconds);
}

/**
 * Lists how the saves of these batches were made (`via`), by batch. Unknown batches are left out.
 */
export async function listViasOfBatches(
  db: Db,
  spaceId: string,
  batches: readonly string[],
): Promise<Map<string, Via>> {
  const ids = batches.filter((id) => uuid.test(id));
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('saves')
    .distinctOn('batchId')
    .select(['batchId', 'via'])
    .where('spaceId', '=', spaceId)
    .where(sql<boolean>`batch_id = ANY (${ids}::uuid[])`)
    .orderBy('batchId')
    .execute();
  return new Map(rows.flatMap(({ batchId, via }) => (batchId === null ? [] : [[batchId, via]])));
}

/** Lists the entries that have waiting saves in these batches. */
export async function listEntriesOfBatches(
  db: Db,
  spaceId: string,
  batches: readonly string[],
): Promise<string[]> {
  if (batches.length === 0) return [];
  const rows = await db
    .selectFrom('saves')
    .select('entryId')
    .distinct()
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'waiting')
    .where(sql<boolean>`batch_id = ANY (${batches}::uuid[])`)
    .execute();
  return rows.map(({ entryId }) => entryId);
}

/** Whether a save is still waiting: not in Git, not a conflict, and not unneeded. */
export async function isSaveWaiting(db: Db, saveId: string): Promise<boolean> {
  const save = await db
    .selectFrom('saves')
    .select('id')
    .where('id', '=', saveId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return save !== undefined;
}

/** How many saves are searched for the text that someone started from. */
const SAVES_LOOKED_AT = 100;

/** Lists the texts that an entry's latest saves started from and resulted in, newest first. */
export async function listSavedTexts(db: Db, spaceId: string, entryId: string): Promise<string[]> {
  const saves = await db
    .selectFrom('saves')
    .select(['baseText', 'text', 'currentText'])
    .where('spaceId', '=', spaceId)
    .where('entryId', '=', entryId)
    .orderBy('sequence', 'desc')
    .limit(SAVES_LOOKED_AT)
    .execute();
  return saves.flatMap(({ baseText: base, text, currentText: current }) =>
    [current, text, base].filter((one) => one !== null),
  );
}

/** Finds the entry's newest waiting save; `null` if there is none. */
export async function findNewestWaitingSave(
  db: Db,
  spaceId: string,
  entryId: string,
): Promise<string | null> {
  const save = await db
    .selectFrom('saves')
    .select('id')
    .where('spaceId', '=', spaceId)
    .where('entryId', '=', entryId)
    .where('state', '=', 'waiting')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return save?.id ?? null;
}
