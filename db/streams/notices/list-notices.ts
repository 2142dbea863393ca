import { sql } from 'kysely';
import type { FailureCode } from '../../../model/streams/errors.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import type { NoticeKind } from '../../../model/streams/outage.ts';
import type { Db } from '../../connect.ts';

/** A notice: who was told of what, or is to be. */
export interface ListedNotice {
  outageId: string;
  kind: NoticeKind;
  /** An address, `channel/<id>`, or `log` if there was nobody to tell. */
  recipient: string;
  /** The channel's name; `null` if it is none, or was removed. */
  channel: string | null;
  stream: StreamId;
  code: FailureCode;
  /** ISO 8601 in UTC, to the microsecond. */
  createdAt: string;
  sentAt: Date | null;
  /** Why the last attempt failed. */
  lastError: string | null;
  /** The same for all outages that one message told this recipient of; `null` until somebody tries to send it. */
  message: string | null;
  /** Nothing was sent for it: the message had been sent before. */
  covered: boolean;
  /** Whether it was not sent and still may be: what is no longer news is not. */
  waiting: boolean;
  /** How many other outages the message told of or covers, of those that the caller may see. */
  others: number;
}

/** Where a page of notices starts: after this one. */
export type NoticePlace = Pick<ListedNotice, 'createdAt' | 'outageId' | 'kind' | 'recipient'>;

/** Which notices to list. */
export interface NoticesPage {
  /** Only those of mirrors of these projects, and of these spaces; `null`: all. */
  projects: readonly string[] | null;
  spaces: readonly string[] | null;
  /** Only of this stream; `null`: all. */
  stream: StreamId | null;
  /** Only those that were not sent yet, and still may be. */
  waiting: boolean;
  after: NoticePlace | null;
  limit: number;
}

/** Lists notices, newest first. */
export async function listNotices(db: Db, page: NoticesPage): Promise<ListedNotice[]> {
  const { projects, spaces, stream, waiting, after, limit } = page;
  const createdAt = sql`to_char(n.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const isSeen = (alias: string) => {
    const stream = sql.ref(`${alias}.stream`);
    return sql`(${projects}::text[] IS NULL OR ${stream} NOT LIKE 'mirror/%' OR split_part(${stream}, '/', 2) = ANY (${projects}::text[]))
      AND (${spaces}::text[] IS NULL OR ${stream} NOT LIKE 'space/%' OR split_part(${stream}, '/', 2) = ANY (${spaces}::text[]))`;
  };
  // What is dropped is no longer news: see listUnsentNotices.
  const isWaiting = sql`(n.sent_at IS NULL AND n.created_at > now() - interval '2 days'
    AND (o.ended_at IS NULL OR n.kind IN ('recovered', 'found')))`;
  const { rows } = await sql<ListedNotice>`
    SELECT n.outage_id, n.kind, n.recipient, c.name AS channel, o.stream, o.code,
      ${createdAt} AS created_at, n.sent_at, n.last_error, n.message, n.covered, ${isWaiting} AS waiting,
      (SELECT count(*) FROM notices w JOIN outages wo ON wo.id = w.outage_id
        WHERE w.recipient = n.recipient AND w.message = n.message AND w.kind = n.kind AND w.outage_id <> n.outage_id
          AND ${isSeen('wo')}) AS others
    FROM notices n
    JOIN outages o ON o.id = n.outage_id
    LEFT JOIN notice_channels c ON n.recipient = 'channel/' || c.id
    WHERE ${isSeen('o')}
      AND (${stream}::text IS NULL OR o.stream = ${stream})
      AND (NOT ${waiting}::boolean OR ${isWaiting})
      AND (${after === null} OR (n.created_at, n.outage_id, n.kind, n.recipient)
        < (${after?.createdAt ?? null}::timestamptz, ${after?.outageId ?? null}::uuid, ${after?.kind ?? null}::text, ${after?.recipient ?? null}::text))
    ORDER BY n.created_at DESC, n.outage_id DESC, n.kind DESC, n.recipient DESC
    LIMIT ${limit}`.execute(db);
  return rows;
}
