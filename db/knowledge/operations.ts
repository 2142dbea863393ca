import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { Actor } from '../../model/access/actor.ts';
import type { Person } from '../../model/streams/author.ts';
import type {
  OperationSettings,
  OperationState,
  OperationType,
} from '../../model/knowledge/operation.ts';
import type { OperationsTable } from '../schema/knowledge.ts';
import { jsonb } from '../storable.ts';

/** A stored bulk operation. */
export type Operation = Selectable<OperationsTable>;

/** An operation to run. */
export interface NewOperation {
  id: string;
  spaceId: string;
  type: OperationType;
  dryRun: boolean;
  settings: OperationSettings;
  person: Person;
  by: Actor;
}

/** Stores an operation that waits to be started. Its items are stored in the same transaction. */
export async function insertOperation(trx: Db, operation: NewOperation): Promise<Operation> {
  return trx
    .insertInto('operations')
    .values({
      id: operation.id,
      spaceId: operation.spaceId,
      type: operation.type,
      dryRun: operation.dryRun,
      settings: jsonb(operation.settings),
      person: jsonb(operation.person),
      tokenId: operation.by.tokenId,
      personId: operation.by.personId,
      state: 'waiting',
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The operation, or `null`. */
export async function findOperation(db: Db, id: string): Promise<Operation | null> {
  const row = await db.selectFrom('operations').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Lists a space's operations, newest first; if `by` is given, only those that they started. */
export async function listOperations(
  db: Db,
  spaceId: string,
  { by, after, limit }: { by: Actor | null; after: string | null; limit: number },
): Promise<Operation[]> {
  let query = db
    .selectFrom('operations')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (by !== null)
    query = query
      .where('tokenId', 'is not distinct from', by.tokenId)
      .where('personId', 'is not distinct from', by.personId);
  if (after !== null)
    query = query.where(
      sql<boolean>`(created_at, id) < (SELECT created_at, id FROM operations WHERE id = ${after})`,
    );
  return query.execute();
}

/**
 * Starts an operation; `begun` runs once, to store what belongs to the start. Returns `null` if
 * there is nothing to do: the operation does not exist or has ended.
 */
export async function beginOperation(
  db: Db,
  id: string,
  begun: (trx: Trx, row: Operation) => Promise<void>,
): Promise<Operation | null> {
  return db.transaction().execute(async (trx) => {
    const row = await lockOperation(trx, id);
    if (row?.state !== 'waiting') return row;
    await begun(trx, row);
    return trx
      .updateTable('operations')
      .set({ state: 'running', updatedAt: sql<Date>`now()` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** Locks an operation until the transaction ends; `null` if it does not exist or has ended. */
export async function lockOperation(trx: Db, id: string): Promise<Operation | null> {
  const row = await trx
    .selectFrom('operations')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Lists the ids of the space's operations that are running. */
export async function listRunningOperations(db: Db, spaceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('operations')
    .select('id')
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'running')
    .execute();
  return rows.map(({ id }) => id);
}

/** Records what is being worked on; `null` means nothing. */
export async function noteCurrent(db: Db, id: string, current: string | null): Promise<void> {
  await db
    .updateTable('operations')
    .set({ current, updatedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

/**
 * Records that an operation ended, and why if it failed, inside the caller's transaction. Does
 * nothing if it had already ended. Drops the contents of its unfinished items.
 */
export async function noteEnded(
  trx: Db,
  id: string,
  state: Extract<OperationState, 'done' | 'failed' | 'cancelled'>,
  failure: { code: string; message: string } | null = null,
): Promise<Operation | null> {
  if ((await lockOperation(trx, id)) === null) return null;
  await trx
    .updateTable('operationItems')
    .set({ content: null })
    .where('operationId', '=', id)
    .where('content', 'is not', null)
    .execute();
  return trx
    .updateTable('operations')
    .set({
      state,
      current: null,
      failure: failure === null ? null : jsonb(failure),
      updatedAt: sql<Date>`now()`,
      endedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
