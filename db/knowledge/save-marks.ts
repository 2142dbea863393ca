import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { Via } from '../../model/knowledge/entry.ts';
import { uuid } from '../../model/text/uuid.ts';

/** What became of waiting saves when they were laid over what Git has. */
export interface SaveOutcomes {
  /** Those that our own commits hold, with the commit. */
  delivered: readonly { id: string; sha: string }[];
  /** Those that go on waiting as another text. */
  changed: readonly { id: string; text: string | null }[];
  unneeded: readonly string[];
  clashes: readonly { id: string; conflictId: string }[];
}

/** Notes what became of saves; one statement for each kind of outcome, however many there are. */
export async function markSaves(
  trx: Trx,
  { delivered, changed, unneeded, clashes }: SaveOutcomes,
): Promise<void> {
  if (delivered.length > 0)
    await sql`
      UPDATE saves SET state = 'delivered', commit_sha = became.sha, delivered_at = now()
      FROM unnest(${delivered.map(({ id }) => id)}::uuid[], ${delivered.map(({ sha }) => sha)}::text[])
        AS became (id, sha)
      WHERE saves.id = became.id AND saves.state = 'waiting'`.execute(trx);
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
}

/** Through what the saves of these batches came, by batch; those that are not known here are left out. */
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

/** The entries of which saves of these batches wait. */
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

/** Whether a save is neither in Git nor a conflict yet. */
export async function isSaveWaiting(db: Db, saveId: string): Promise<boolean> {
  const save = await db
    .selectFrom('saves')
    .select('id')
    .where('id', '=', saveId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return save !== undefined;
}

/** Saves whose texts are looked through for what somebody began from. */
const SAVES_LOOKED_AT = 100;

/** The texts that an entry's last saves began from and came to, newest first. */
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

/** The entry's newest save that waits, or `null`. */
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
