import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { OutageCause } from '../../../model/streams/notices/outage-cause.ts';
import { claimFor, coverFor, gatherFor } from '../../../model/streams/notices/timings.ts';
import type { NoticeKind, NoticeName } from '../../../model/streams/outage.ts';
import type { Db, Trx } from '../../connect.ts';
import { storableText } from '../../storable.ts';
import { ofTrouble, streamIs } from './stream-rows.ts';
import { isHeld } from './unsent.ts';

/** Notices to one recipient that one message is to tell of; nobody else sends them until the claim runs out. */
export interface NoticeClaim {
  id: string;
  kind: NoticeKind;
  recipient: string;
  /** The message's id. It stays the same if it is sent again, also by somebody else. */
  message: string;
  cause: OutageCause | null;
  outageIds: string[];
}

/** What is to be done for a recipient now. */
export type NoticeTurn =
  | { kind: 'claimed'; claim: NoticeClaim }
  /** Nothing: it was told, by its own message or by another one, or there is nothing to tell any more. */
  | { kind: 'settled' }
  /** Somebody else is sending a message about the same. */
  | { kind: 'busy' }
  /** Others of the same cause may follow in a moment. */
  | { kind: 'gathering' }
  /** It is over, but others that the same message told of are not. */
  | { kind: 'held' };

/**
 * Claims what waits for a recipient and has the cause of this outage, to be told in one message. If an earlier message about the
 * cause stands, all of that counts as told.
 */
export async function claimNotice(
  db: Db,
  { outageId, kind }: NoticeName,
  recipient: string,
): Promise<NoticeTurn> {
  return locked(db, recipient, async (trx) => {
    const outage = await trx
      .selectFrom('outages')
      .select(['cause', 'endedAt'])
      .where('id', '=', outageId)
      .executeTakeFirst();
    // What was found lasts no time, and is told all the same.
    if (outage === undefined || (outage.endedAt !== null && kind !== 'found'))
      return { kind: 'settled' };
    const { cause } = outage;
    const { rows } = await sql<WaitingRow>`
      SELECT n.outage_id, ${triedMessage} AS message, n.claimed_until > clock_timestamp() AS is_claimed,
        n.created_at < clock_timestamp() - ${gatherFor} * interval '1 ms' AS is_patient
      FROM notices n
      JOIN outages o ON o.id = n.outage_id
      WHERE n.recipient = ${recipient} AND n.kind = ${kind} AND n.sent_at IS NULL
        AND (o.id = ${outageId} OR o.cause = ${cause} AND o.ended_at IS NULL AND n.created_at > now() - interval '2 days')
      ORDER BY n.created_at, n.outage_id`.execute(trx);
    if (!rows.some((row) => row.outageId === outageId)) return { kind: 'settled' };
    if (rows.some(({ isClaimed }) => isClaimed === true)) return { kind: 'busy' };
    const outageIds = rows.map((row) => row.outageId);
    if (cause !== null) {
      if (await cover(trx, { kind, recipient, cause, outageIds })) return { kind: 'settled' };
      if (kind === 'person_needed' && !rows.some(({ isPatient }) => isPatient))
        return { kind: 'gathering' };
    }
    return claimed(trx, { kind, recipient, cause, outageIds }, messageOf(rows, kind));
  });
}

/**
 * Claims the ends of all outages that the same messages told a recipient of as of this one, once none of them lasts. Those of
 * streams that are paused or have ended do not count.
 */
export async function claimEnd(db: Db, outageId: string, recipient: string): Promise<NoticeTurn> {
  const kind = 'recovered';
  return locked(db, recipient, async (trx) => {
    const { rows: own } = await sql<{ isBusy: boolean | null; isTold: boolean; isHeld: boolean }>`
      SELECT bool_or(n.claimed_until > clock_timestamp()) AS is_busy,
        bool_or(n.kind = 'recovered' AND n.sent_at IS NOT NULL) AS is_told,
        bool_or(n.kind IN ${ofTrouble} AND n.sent_at IS NOT NULL AND ${isHeld('n')}) AS is_held
      FROM notices n
      JOIN outages o ON o.id = n.outage_id
      WHERE n.outage_id = ${outageId} AND n.recipient = ${recipient} AND o.ended_at IS NOT NULL
      GROUP BY n.outage_id`.execute(trx);
    const [state] = own;
    if (state === undefined || state.isTold) return { kind: 'settled' };
    if (state.isBusy === true) return { kind: 'busy' };
    if (state.isHeld) return { kind: 'held' };
    const { rows } = await sql<{ outageId: string; cause: string | null }>`
      SELECT n.outage_id, max(n.cause) AS cause
      FROM notices n
      JOIN outages o ON o.id = n.outage_id
      WHERE n.recipient = ${recipient} AND n.kind IN ${ofTrouble} AND n.sent_at IS NOT NULL
        AND (n.outage_id = ${outageId} OR n.message IN (
          SELECT message FROM notices
          WHERE outage_id = ${outageId} AND recipient = ${recipient} AND kind IN ${ofTrouble} AND sent_at IS NOT NULL))
        AND o.ended_at IS NOT NULL AND (o.id = ${outageId} OR ${streamIs('o.stream', 'not ended')})
        AND NOT EXISTS (
          SELECT FROM notices other
          WHERE other.outage_id = n.outage_id AND other.recipient = n.recipient
            AND (other.kind = 'recovered' AND other.sent_at IS NOT NULL OR other.claimed_until > clock_timestamp()))
      GROUP BY n.outage_id, o.since
      HAVING NOT bool_or(${isHeld('n')})
      ORDER BY o.since, n.outage_id`.execute(trx);
    if (rows.length === 0) return { kind: 'settled' };
    const outageIds = rows.map((row) => row.outageId);
    await trx
      .insertInto('notices')
      .values(outageIds.map((one) => ({ outageId: one, kind, recipient }) as const))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { rows: waiting } = await sql<{ outageId: string; message: string | null }>`
      SELECT outage_id, ${triedMessage} AS message FROM notices n
      WHERE recipient = ${recipient} AND kind = ${kind} AND outage_id = ANY (${outageIds}::uuid[])
      ORDER BY array_position(${outageIds}::uuid[], outage_id)`.execute(trx);
    const causes = new Set(rows.map(({ cause }) => cause));
    const [cause = null] = causes.size === 1 ? causes : [];
    return claimed(trx, { kind, recipient, cause, outageIds }, messageOf(waiting, kind));
  });
}

/** Records that the claimed notices were sent, and those that were told ahead with them. */
export async function noteSent(
  db: Db,
  claim: NoticeClaim,
  aheadIds: readonly string[],
): Promise<void> {
  const { id, kind, recipient, message, cause } = claim;
  await locked(db, recipient, async (trx) => {
    await sql`
      UPDATE notices
      SET sent_at = now(), message_sent_at = now(), cause = ${cause}, last_error = NULL, claim = NULL, claimed_until = NULL
      WHERE recipient = ${recipient} AND claim = ${id} AND sent_at IS NULL`.execute(trx);
    if (aheadIds.length === 0) return;
    // Of those that are still there: a project may have been removed meanwhile.
    await sql`
      INSERT INTO notices (outage_id, kind, recipient, sent_at, message, message_sent_at, cause, ahead)
      SELECT id, ${kind}, ${recipient}, now(), ${message}, now(), ${cause}, true
      FROM outages WHERE id = ANY (${aheadIds}::uuid[]) FOR KEY SHARE
      ON CONFLICT (outage_id, kind, recipient) DO UPDATE
      SET sent_at = excluded.sent_at, message = excluded.message, message_sent_at = excluded.message_sent_at,
        cause = excluded.cause, last_error = NULL
      WHERE notices.sent_at IS NULL`.execute(trx);
  });
}

/** Records why the claimed notices could not be sent, and gives the claim back. */
export async function noteNotSent(
  db: Db,
  { id, recipient }: NoticeClaim,
  error: string,
): Promise<void> {
  await locked(db, recipient, async (trx) => {
    await trx
      .updateTable('notices')
      .set({
        ...{ lastError: storableText(error), claim: null },
        claimedUntil: sql<Date>`clock_timestamp()`,
      })
      .where('recipient', '=', recipient)
      .where('claim', '=', id)
      .where('sentAt', 'is', null)
      .execute();
  });
}

/** The message of a notice that waits, unless others were told by it meanwhile: a message is sent only once. */
const triedMessage = sql<string | null>`CASE WHEN NOT EXISTS (
    SELECT FROM notices told
    WHERE told.recipient = n.recipient AND told.message = n.message AND told.sent_at IS NOT NULL)
  THEN n.message END`;

interface WaitingRow {
  outageId: string;
  message: string | null;
  isClaimed: boolean | null;
  isPatient: boolean;
}

/** What is claimed or covered. */
interface Together {
  kind: NoticeKind;
  recipient: string;
  cause: OutageCause | null;
  outageIds: string[];
}

/** Lets these count as told if an earlier message about the cause stands; returns whether one does. */
async function cover(trx: Trx, { kind, recipient, cause, outageIds }: Together): Promise<boolean> {
  const { rows } = await sql<{ message: string; sentAt: Date }>`
    SELECT n.message, n.message_sent_at AS sent_at
    FROM notices n
    JOIN outages o ON o.id = n.outage_id
    WHERE n.cause = ${cause} AND n.recipient = ${recipient} AND n.kind = ${kind} AND n.sent_at IS NOT NULL
      AND n.message_sent_at > now() - ${coverFor} * interval '1 ms'
      AND o.ended_at IS NULL AND o.cause = n.cause AND ${streamIs('o.stream', 'active')}
    ORDER BY n.message_sent_at DESC
    LIMIT 1`.execute(trx);
  const [standing] = rows;
  if (standing === undefined) return false;
  await trx
    .updateTable('notices')
    .set({
      ...{ covered: true, message: standing.message, messageSentAt: standing.sentAt, cause },
      ...{ sentAt: sql<Date>`now()`, lastError: null, claim: null, claimedUntil: null },
    })
    .where('recipient', '=', recipient)
    .where('kind', '=', kind)
    .where('outageId', 'in', outageIds)
    .execute();
  return true;
}

async function claimed(trx: Trx, together: Together, message: string): Promise<NoticeTurn> {
  const { kind, recipient, outageIds } = together;
  const id = randomUUID();
  await trx
    .updateTable('notices')
    .set({
      ...{ claim: id, message },
      claimedUntil: sql<Date>`clock_timestamp() + ${claimFor} * interval '1 ms'`,
    })
    .where('recipient', '=', recipient)
    .where('kind', '=', kind)
    .where('outageId', 'in', outageIds)
    .execute();
  return { kind: 'claimed', claim: { id, message, ...together } };
}

/** The id that was tried before, so that whoever got that message after all can tell; or else the first one's. */
function messageOf(
  rows: readonly { outageId: string; message: string | null }[],
  kind: NoticeKind,
): string {
  const tried = rows.find(({ message }) => message !== null)?.message;
  return tried ?? `${rows[0]?.outageId ?? randomUUID()}/${kind}`;
}

/** Decides about a recipient's notices, one at a time. The lock ends with the transaction, before anything is sent. */
async function locked<T>(db: Db, recipient: string, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`notices\n${recipient}`}, 0))`.execute(
      trx,
    );
    return work(trx);
  });
}
