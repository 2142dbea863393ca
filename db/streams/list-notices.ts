import { sql } from 'kysely';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { NoticeKind } from '../../model/streams/outage.ts';
import type { Db } from '../connect.ts';

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
  const { rows } = await sql<ListedNotice>`
    SELECT n.outage_id, n.kind, n.recipient, c.name AS channel, o.stream, o.code,
      ${createdAt} AS created_at, n.sent_at, n.last_error
    FROM notices n
    JOIN outages o ON o.id = n.outage_id
    LEFT JOIN notice_channels c ON n.recipient = 'channel/' || c.id
    WHERE (${projects}::text[] IS NULL OR o.stream NOT LIKE 'mirror/%' OR split_part(o.stream, '/', 2) = ANY (${projects}::text[]))
      AND (${spaces}::text[] IS NULL OR o.stream NOT LIKE 'space/%' OR split_part(o.stream, '/', 2) = ANY (${spaces}::text[]))
      AND (${stream}::text IS NULL OR o.stream = ${stream})
      -- What is dropped is no longer news: see listUnsentNotices.
      AND (NOT ${waiting}::boolean OR n.sent_at IS NULL AND n.created_at > now() - interval '2 days'
        AND (o.ended_at IS NULL OR n.kind IN ('recovered', 'found')))
      AND (${after === null} OR (n.created_at, n.outage_id, n.kind, n.recipient)
        < (${after?.createdAt ?? null}::timestamptz, ${after?.outageId ?? null}::uuid, ${after?.kind ?? null}::text, ${after?.recipient ?? null}::text))
    ORDER BY n.created_at DESC, n.outage_id DESC, n.kind DESC, n.recipient DESC
    LIMIT ${limit}`.execute(db);
  return rows;
}
