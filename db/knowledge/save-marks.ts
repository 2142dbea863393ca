import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { Via } from '../../model/knowledge/entry.ts';
import type { Save } from './saves.ts';

/** What became of an entry's waiting saves when they were laid over what Git has. */
export interface SaveOutcomes {
  kept: readonly { save: Pick<Save, 'id' | 'currentText'>; text: string | null }[];
  unneeded: readonly Pick<Save, 'id'>[];
  clash: { saves: readonly Pick<Save, 'id'>[]; conflictId?: string } | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Notes what became of saves. Those that clash wait until their conflict is known. */
export async function markSaves(trx: Trx, { kept, unneeded, clash }: SaveOutcomes): Promise<void> {
  for (const { save, text } of kept)
    if (save.currentText !== text)
      await trx.updateTable('saves').set({ currentText: text }).where('id', '=', save.id).execute();
  if (unneeded.length > 0)
    await trx.updateTable('saves').set({ state: 'unneeded' }).where(isOneOf(unneeded)).execute();
  if (clash?.conflictId !== undefined)
    await trx
      .updateTable('saves')
      .set({ state: 'conflict', conflictId: clash.conflictId })
      .where(isOneOf(clash.saves))
      .execute();
}

/** Marks a batch's waiting saves as delivered by this commit; answers them in their order. */
export async function markSavesOfBatch(
  trx: Trx,
  spaceId: string,
  { batchId, sha, at }: { batchId: string; sha: string; at: Date },
): Promise<Save[]> {
  if (!uuid.test(batchId)) return [];
  const saves = await trx
    .updateTable('saves')
    .set({ state: 'delivered', commitSha: sha, deliveredAt: at })
    .where('spaceId', '=', spaceId)
    .where('batchId', '=', batchId)
    .where('state', '=', 'waiting')
    .returningAll()
    .execute();
  return saves.sort((a, b) => a.sequence - b.sequence);
}

/** Through what the saves of these batches came; `push` where they are not known here. */
export async function viaOfBatches(
  db: Db,
  spaceId: string,
  batches: readonly string[],
): Promise<Via> {
  const ids = batches.filter((id) => uuid.test(id));
  const save = await db
    .selectFrom('saves')
    .select('via')
    .where('spaceId', '=', spaceId)
    .where(sql<boolean>`batch_id = ANY (${ids}::uuid[])`)
    .limit(1)
    .executeTakeFirst();
  return save?.via ?? 'push';
}

function isOneOf(saves: readonly Pick<Save, 'id'>[]) {
  return sql<boolean>`id = ANY (${saves.map(({ id }) => id)}::uuid[])`;
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
export async function textsSaved(db: Db, spaceId: string, entryId: string): Promise<string[]> {
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
export async function newestWaitingSave(
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
