import { sql, type Insertable, type Selectable } from 'kysely';
import type { Change, WaitingChange } from '../../model/mirror/events.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';
import type { ChangeEventsTable } from '../schema/mirror.ts';
import type { Sealer } from '../sealing.ts';
import { changeContext } from './change-bodies.ts';
import { toWaitingChange } from './waiting-changes.ts';

/** A reported change, with the event that reported it. */
export interface IncomingChange {
  change: Change;
  /**
   * Tells a configuration that was purged and created again (its versions start at 1 again) from
   * the old one: the UTC time of its version for `config_changed`, `''` for other types.
   */
  incarnation: string;
  /** The event as it was received, including fields that we do not know. It is stored sealed. */
  body: Uint8Array;
  /** The trace that it belongs to, as `traceparent`. */
  traceparent?: string | null;
  /** Of how many changes it is the one that the log tells of; `null` if the log does not. */
  loggedOneIn?: number | null;
}

/** The result of accepting changes of one mirror. */
export type Acceptance =
  /**
   * `ring`: nobody has rung for this mirror since its last batch, so the caller must. `stored` are those that were not
   * known yet.
   */
  | {
      kind: 'accepted';
      accepted: number;
      duplicates: number;
      ring: boolean;
      stored: readonly IncomingChange[];
    }
  /** The mirror does not exist or was ended. */
  | { kind: 'no_mirror' };

/**
 * Accepts changes of one mirror, in the given order, in its own transaction: either all of them
 * have their numbers afterwards, or none was stored. The numbers are dense and in the order of the
 * commits, even with duplicates and concurrent calls, because each call locks the mirror's row
 * before it looks for duplicates and until it commits. It locks no other mirror's row, so calls
 * cannot deadlock.
 */
export async function acceptChanges(
  db: Db,
  sealer: Sealer,
  mirror: MirrorKey,
  incoming: readonly IncomingChange[],
): Promise<Acceptance> {
  const context = changeContext(mirror);
  const distinct = new Map<string, { item: IncomingChange; row: Row }>();
  for (const item of incoming) {
    const row = { ...columnsOf(item), body: sealer.seal(item.body, context) };
    const identity = identityOf(row);
    if (!distinct.has(identity)) distinct.set(identity, { item, row });
  }
  const rows = [...distinct.values()].map(({ row }) => row);
  return db.transaction().execute(async (transaction) => {
    const held = await transaction
      .selectFrom('mirrors')
      .select(['lastSequence', 'rungAt'])
      .where('projectId', '=', mirror.projectId)
      .where('branchId', '=', mirror.branchId)
      .where('endedAt', 'is', null)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!held) return { kind: 'no_mirror' };
    const known = await knownIdentities(transaction, mirror, rows);
    const unknown = [...distinct].filter(([identity]) => !known.has(identity));
    const fresh = unknown.map(([, { row }], index) => ({
      ...row,
      sequence: held.lastSequence + 1 + index,
    }));
    if (fresh.length > 0) {
      await insertRows(transaction, fresh);
      await transaction
        .updateTable('mirrors')
        .set({
          lastSequence: held.lastSequence + fresh.length,
          rungAt: sql<Date>`coalesce(rung_at, now())`,
        })
        .where('projectId', '=', mirror.projectId)
        .where('branchId', '=', mirror.branchId)
        .execute();
    }
    return {
      kind: 'accepted',
      accepted: fresh.length,
      duplicates: incoming.length - fresh.length,
      ring: fresh.length > 0 && held.rungAt === null,
      stored: unknown.map(([, { item }]) => item),
    };
  });
}

type Row = Omit<Insertable<ChangeEventsTable>, 'sequence'> & {
  componentId: string;
  incarnation: string;
};

function columnsOf({
  change,
  incarnation,
  traceparent = null,
  loggedOneIn = null,
}: IncomingChange): Omit<Row, 'body'> {
  return {
    projectId: change.projectId,
    branchId: change.branchId,
    type: change.type,
    componentId: change.componentId ?? '',
    configId: change.configId,
    versionIdentifier: change.versionIdentifier,
    incarnation,
    version: change.version,
    author: change.author,
    occurredAt: change.occurredAt,
    description: change.description,
    traceparent,
    loggedOneIn,
  };
}

type Identity = Pick<Row, 'type' | 'componentId' | 'versionIdentifier' | 'incarnation'>;

function identityOf(row: Identity): string {
  return JSON.stringify([row.type, row.componentId, row.versionIdentifier, row.incarnation]);
}

async function knownIdentities(
  db: Db,
  mirror: MirrorKey,
  rows: readonly Identity[],
): Promise<Set<string>> {
  // Arrays instead of a list of placeholders, so that the statement's text is the same for any
  // number of rows.
  const { rows: known } = await sql<Identity>`
    SELECT e.type, e.component_id, e.version_identifier, e.incarnation
    FROM unnest(
      ${rows.map(({ type }) => type)}::text[],
      ${rows.map(({ componentId }) => componentId)}::text[],
      ${rows.map(({ versionIdentifier }) => versionIdentifier)}::text[],
      ${rows.map(({ incarnation }) => incarnation)}::text[]
    ) AS asked (type, component_id, version_identifier, incarnation)
    JOIN change_events e USING (type, component_id, version_identifier, incarnation)
    WHERE e.project_id = ${mirror.projectId} AND e.branch_id = ${mirror.branchId}`.execute(db);
  return new Set(known.map(identityOf));
}

// PostgreSQL allows 65,535 parameters in a statement; a row has fifteen.
const rowsAStatement = 1_000;

async function insertRows(db: Db, rows: Insertable<ChangeEventsTable>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAStatement) {
    await db
      .insertInto('changeEvents')
      .values(rows.slice(from, from + rowsAStatement))
      .execute();
  }
}

/** An accepted change and its state. */
export interface ChangeRecord extends WaitingChange {
  batchId: string | null;
  commitSha: string | null;
  /** ISO 8601 in UTC; `null` while it waits. */
  deliveredAt: string | null;
}

/** Which of a mirror's changes to list. */
export interface ChangesPage {
  state: 'all' | 'waiting' | 'delivered';
  /** The page starts below this number; `null` means at the newest. */
  before: number | null;
  limit: number;
}

/** Lists a mirror's changes, newest first. */
export async function listChanges(
  db: Db,
  mirror: MirrorKey,
  { state, before, limit }: ChangesPage,
): Promise<ChangeRecord[]> {
  let query = db
    .selectFrom('changeEvents')
    .select(recordColumns)
    .where('projectId', '=', mirror.projectId)
    .where('branchId', '=', mirror.branchId)
    .orderBy('sequence', 'desc')
    .limit(limit);
  if (state === 'waiting') query = query.where('deliveredAt', 'is', null);
  if (state === 'delivered') query = query.where('deliveredAt', 'is not', null);
  if (before !== null) query = query.where('sequence', '<', before);
  return (await query.execute()).map(toRecord);
}

/**
 * Opens the original event of a change. Throws `SealError` if it was sealed under another master
 * key.
 */
export async function openChangeBody(
  db: Db,
  sealer: Sealer,
  mirror: MirrorKey,
  sequence: number,
): Promise<Buffer | null> {
  const row = await db
    .selectFrom('changeEvents')
    .select('body')
    .where('projectId', '=', mirror.projectId)
    .where('branchId', '=', mirror.branchId)
    .where('sequence', '=', sequence)
    .executeTakeFirst();
  return row ? sealer.open(row.body, changeContext(mirror)) : null;
}

const recordColumns = [
  'projectId',
  'branchId',
  'sequence',
  'type',
  'componentId',
  'configId',
  'versionIdentifier',
  'version',
  'author',
  'occurredAt',
  'receivedAt',
  'description',
  'batchId',
  'commitSha',
  'deliveredAt',
] as const;

function toRecord(
  row: Pick<Selectable<ChangeEventsTable>, (typeof recordColumns)[number]>,
): ChangeRecord {
  return {
    ...toWaitingChange({ projectId: row.projectId, branchId: row.branchId }, row),
    batchId: row.batchId,
    commitSha: row.commitSha,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}
