import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { samePerson, type Person } from '../../model/streams/author.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import { insertBatchHead } from '../streams/batches.ts';
import type { Db, Trx } from '../connect.ts';
import type { Save } from './saves.ts';
import type { BatchMessage } from '../schema/streams.ts';

/** A save without its texts, which is all that batches need. */
export type SaveHead = Pick<
  Save,
  | 'id'
  | 'sequence'
  | 'entryId'
  | 'kind'
  | 'action'
  | 'person'
  | 'message'
  | 'createdAt'
  | 'via'
  | 'changeSetId'
>;

const saveHead = [
  'id',
  'sequence',
  'entryId',
  'kind',
  'action',
  'person',
  'message',
  'createdAt',
  'via',
  'changeSetId',
] as const satisfies (keyof SaveHead)[];

/** Saves of one person that become one commit: those of one change set, or those that are of none. */
export interface SaveBatch<Save extends SaveHead = SaveHead> {
  person: Person;
  changeSetId: string | null;
  saves: Save[];
}

/**
 * Groups saves, given in the order in which they were accepted, into as few batches as possible:
 * each batch has one author and at most one change set, and the saves of each entry stay in order.
 */
export function groupIntoBatches<Save extends SaveHead>(saves: readonly Save[]): SaveBatch<Save>[] {
  const batches: SaveBatch<Save>[] = [];
  // The last batch with a save of the entry.
  const lastOf = new Map<string, number>();
  for (const save of saves) {
    const { person, changeSetId } = save;
    const open = batches.findLastIndex(
      (batch) => batch.changeSetId === changeSetId && samePerson(batch.person, person),
    );
    const index = open >= (lastOf.get(save.entryId) ?? 0) ? open : -1;
    const batch = index === -1 ? batches.push({ person, changeSetId, saves: [] }) - 1 : index;
    batches[batch]?.saves.push(save);
    lastOf.set(save.entryId, batch);
  }
  return batches;
}

/**
 * Decides which waiting saves become which commits, and clears the doorbell. Safe to repeat: it
 * then finds nothing to do. `compose` returns the message of a batch's commit.
 */
export async function batchWaitingSaves(
  db: Db,
  spaceId: string,
  compose: (batch: SaveBatch) => BatchMessage,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Saves are accepted under this lock, so none can be added in between.
    const space = await trx
      .updateTable('spaces')
      .set({ rungAt: null })
      .where('id', '=', spaceId)
      .returning('id')
      .executeTakeFirst();
    if (space === undefined) return;
    const saves = await trx
      .selectFrom('saves')
      .select(saveHead)
      .where('spaceId', '=', spaceId)
      .where('state', '=', 'waiting')
      .where('batchId', 'is', null)
      .orderBy('sequence')
      .execute();
    for (const batch of groupIntoBatches(saves))
      await insertSaveBatch(trx, spaceId, batch, compose);
  });
}

/**
 * Puts the waiting saves of these entries into batches without saves of other entries, so that the
 * others can be sent without them. The saves of an entry stay in order.
 */
export async function separateSaves(
  trx: Trx,
  spaceId: string,
  entryIds: readonly string[],
  compose: (batch: SaveBatch) => BatchMessage,
): Promise<void> {
  const saves = await trx
    .updateTable('saves')
    .set({ batchId: null })
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'waiting')
    .where('batchId', 'is not', null)
    .where(sql<boolean>`entry_id = ANY (${entryIds}::text[])`)
    .returning(saveHead)
    .execute();
  saves.sort((one, other) => one.sequence - other.sequence);
  for (const batch of groupIntoBatches(saves)) await insertSaveBatch(trx, spaceId, batch, compose);
  await endEmptyBatches(trx, spaceId);
}

async function insertSaveBatch(
  trx: Trx,
  spaceId: string,
  batch: SaveBatch,
  compose: (batch: SaveBatch) => BatchMessage,
): Promise<void> {
  const id = randomUUID();
  const first = batch.saves[0];
  const last = batch.saves.at(-1);
  if (first === undefined || last === undefined) return;
  await insertBatchHead(trx, {
    id,
    stream: spaceStream(spaceId),
    windowKey: id,
    reason: 'changes',
    through: last.sequence,
    message: compose(batch),
    authoredAt: last.createdAt,
    windowOpenedAt: first.createdAt.toISOString(),
    windowClosedAt: new Date().toISOString(),
  });
  await trx
    .updateTable('saves')
    .set({ batchId: id })
    .where(sql<boolean>`id = ANY (${batch.saves.map((save) => save.id)}::uuid[])`)
    .execute();
}

/** A waiting batch with its saves in order, without those that have become conflicts since. */
export interface WaitingSaveBatch {
  id: string;
  through: number;
  authoredAt: Date;
  person: Person;
  saves: Save[];
}

/**
 * Lists the space's waiting batches, oldest first. A batch none of whose saves still wait has an
 * empty list.
 */
export async function listWaitingSaveBatches(db: Db, spaceId: string): Promise<WaitingSaveBatch[]> {
  const batches = await db
    .selectFrom('batches')
    .select(['id', 'through', 'authoredAt', 'message'])
    .where('stream', '=', spaceStream(spaceId))
    .where('state', '=', 'waiting')
    .orderBy('ordinal')
    .execute();
  if (batches.length === 0) return [];
  const saves = await db
    .selectFrom('saves')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'waiting')
    .where('batchId', 'is not', null)
    .orderBy('sequence')
    .execute();
  return batches.map(({ id, through, authoredAt, message }) => ({
    id,
    through,
    authoredAt,
    person: message.author,
    saves: saves.filter(({ batchId }) => batchId === id),
  }));
}

/** Marks those of these batches that are waiting as delivered, each by its commit. */
export async function markSaveBatchesDelivered(
  trx: Trx,
  spaceId: string,
  batches: ReadonlyMap<string, string>,
): Promise<void> {
  if (batches.size === 0) return;
  await sql`
    UPDATE batches SET state = 'delivered', commit_sha = became.sha, delivered_at = now()
    FROM unnest(${[...batches.keys()]}::uuid[], ${[...batches.values()]}::text[]) AS became (id, sha)
    WHERE batches.id = became.id AND stream = ${spaceStream(spaceId)} AND state = 'waiting'`.execute(
    trx,
  );
}

/** Ends batches that are empty because all their saves were unneeded or became conflicts. */
export async function endEmptyBatches(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('batches')
    .set({ state: 'superseded' })
    .where('stream', '=', spaceStream(spaceId))
    .where('state', '=', 'waiting')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('saves')
            .select('saves.id')
            .whereRef('saves.batchId', '=', 'batches.id')
            .where('saves.state', '=', 'waiting'),
        ),
      ),
    )
    .execute();
}

/**
 * Gives up the waiting batches, which the host refused. Their saves are grouped again, so that only
 * the last save of each entry counts.
 */
export async function releaseBatches(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .updateTable('saves')
    .set({ batchId: null })
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'waiting')
    .execute();
  await endEmptyBatches(trx, spaceId);
}
