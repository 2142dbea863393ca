import { sql } from 'kysely';
import type { StreamId } from '../../../model/streams/ids.ts';
import type { NoticeSettings } from '../../../model/streams/notice-channel.ts';
import {
  causeOf,
  type OutageCause,
  type StreamPlace,
} from '../../../model/streams/notices/outage-cause.ts';
import type { FailedAttempt, NoticeKind } from '../../../model/streams/outage.ts';
import type { Db } from '../../connect.ts';
import { streamIs } from './stream-rows.ts';

/** What else fails for the same reason as this attempt of a mirror or space; `null` if nothing that is known. */
export async function findCause(
  db: Db,
  attempt: Pick<FailedAttempt, 'stream' | 'lane' | 'code'>,
): Promise<OutageCause | null> {
  const { rows } = await sql<StreamPlace>`
    SELECT m.repository_url, m.credential_id, p.source_url
    FROM mirrors m JOIN projects p ON p.id = m.project_id
    WHERE ${attempt.stream} LIKE 'mirror/%' AND m.project_id = split_part(${attempt.stream}, '/', 2)
      AND m.branch_id = split_part(${attempt.stream}, '/', 3)
    UNION ALL
    SELECT s.repository_url, s.credential_id, NULL
    FROM spaces s
    WHERE ${attempt.stream} LIKE 'space/%' AND s.id = split_part(${attempt.stream}, '/', 2)`.execute(
    db,
  );
  const [place] = rows;
  return place === undefined ? null : causeOf(attempt, place);
}

/** An open outage of which a recipient was not told. */
export interface UntoldOutage {
  outageId: string;
  stream: StreamId;
  /** Whom its mirror or space names. */
  notify: NoticeSettings;
}

/**
 * Lists open outages of a cause, in streams that are neither paused nor ended, of which nothing of the kind was told to a
 * recipient, or is just being told.
 */
export async function listUntold(
  db: Db,
  { cause, kind, recipient }: { cause: OutageCause; kind: NoticeKind; recipient: string },
): Promise<UntoldOutage[]> {
  const { rows } = await sql<UntoldOutage>`
    SELECT o.id AS outage_id, o.stream, coalesce(m.policy -> 'notify', s.rules -> 'notify', '{"emails": []}') AS notify
    FROM outages o
    LEFT JOIN mirrors m ON o.stream LIKE 'mirror/%' AND m.project_id = split_part(o.stream, '/', 2)
      AND m.branch_id = split_part(o.stream, '/', 3)
    LEFT JOIN spaces s ON o.stream LIKE 'space/%' AND s.id = split_part(o.stream, '/', 2)
    WHERE o.cause = ${cause} AND o.ended_at IS NULL AND ${streamIs('o.stream', 'active')}
      AND NOT EXISTS (
        SELECT FROM notices n
        WHERE n.outage_id = o.id AND n.kind = ${kind} AND n.recipient = ${recipient}
          AND (n.sent_at IS NOT NULL OR n.claimed_until > clock_timestamp()))
    ORDER BY o.since, o.id`.execute(db);
  return rows;
}
