import { sql, type RawBuilder } from 'kysely';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { CommitReason } from '../../model/streams/commit.ts';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { LaneName, NoticeKind } from '../../model/streams/outage.ts';
import type { Db } from '../connect.ts';

/** A window and its commit; without `sha` it waits to be sent. */
export interface TimelineCommit {
  sha: string | null;
  subject: string;
  author: string;
  reason: CommitReason;
  /** How many changes are in it. */
  changes: number;
  windowOpenedAt: string | null;
  windowClosedAt: string;
  deliveredAt: string | null;
}

/** An outage, and whom it was told to. */
export interface TimelineOutage {
  lane: LaneName;
  since: string;
  endedAt: string | null;
  attempts: number;
  code: FailureCode;
  message: string;
  escalatedAt: string | null;
  notices: { kind: NoticeKind; recipient: string; sentAt: string | null; error: string | null }[];
}

/** What a person did. */
export interface TimelineAct {
  /** As in the audit log: `mirror.pause`. */
  action: string;
  actor: string;
}

/** Something that happened to a mirror. Times are ISO 8601 in UTC. */
export type TimelineItem = { id: string; at: string; position: string } & (
  | { kind: 'commit'; commit: TimelineCommit }
  | { kind: 'outage'; outage: TimelineOutage }
  | { kind: 'act'; act: TimelineAct }
);

/** A time as JSON has it. */
function iso(column: string): RawBuilder<string> {
  return sql`to_char(${sql.ref(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/**
 * Lists what happened to a mirror, newest first: windows with their commits, outages by their beginning, and what people
 * did. `before` is the position of an item. Each kind has an index by time, so a page costs the same everywhere.
 */
export async function listTimeline(
  db: Db,
  key: MirrorKey,
  { before, limit }: { before: string | null; limit: number },
): Promise<TimelineItem[]> {
  const stream = mirrorStream(key);
  const [beforeAt, beforeId] = before === null ? [null, null] : cut(before);
  /** The newest rows of one kind that come after the page before. */
  const newest = (at: string, id: string) => sql`
    (${beforeAt}::timestamptz IS NULL OR (${sql.ref(at)}, ${sql.ref(id)}::text) < (${beforeAt}::timestamptz, ${beforeId}))
    -- What the index can use.
    AND (${beforeAt}::timestamptz IS NULL OR ${sql.ref(at)} <= ${beforeAt}::timestamptz)
    ORDER BY ${sql.ref(at)} DESC, ${sql.ref(id)}::text DESC LIMIT ${limit}`;
  const commit = sql`jsonb_build_object(
    'sha', b.commit_sha, 'subject', b.message->>'subject', 'author', b.message->'author'->>'name', 'reason', b.reason,
    'changes', (SELECT count(*) FROM change_events e WHERE e.batch_id = b.id),
    'windowOpenedAt', ${iso('b.window_opened_at')}, 'windowClosedAt', ${iso('b.window_closed_at')},
    'deliveredAt', ${iso('b.delivered_at')})`;
  const { rows } = await sql<TimelineItem>`
    SELECT kind || '/' || id AS id, ${iso('at')} AS at, kind, commit, outage, act,
      to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '|' || id AS position
    FROM (
      (SELECT 'commit' AS kind, b.id::text, b.delivered_at AS at, ${commit} AS commit, NULL::jsonb AS outage, NULL::jsonb AS act
        FROM batches b WHERE b.stream = ${stream} AND b.state = 'delivered' AND ${newest('b.delivered_at', 'b.id')})
      UNION ALL
      (SELECT 'commit', b.id::text, b.window_closed_at, ${commit}, NULL, NULL
        FROM batches b WHERE b.stream = ${stream} AND b.state = 'waiting' AND ${newest('b.window_closed_at', 'b.id')})
      UNION ALL
      (SELECT 'outage', o.id::text, o.since, NULL, jsonb_build_object(
          'lane', o.lane, 'since', ${iso('o.since')}, 'endedAt', ${iso('o.ended_at')}, 'attempts', o.attempts,
          'code', o.code, 'message', o.message, 'escalatedAt', ${iso('o.escalated_at')},
          'notices', coalesce((SELECT jsonb_agg(jsonb_build_object('kind', n.kind, 'recipient', n.recipient,
              'sentAt', ${iso('n.sent_at')}, 'error', n.last_error) ORDER BY n.created_at, n.kind, n.recipient)
            FROM notices n WHERE n.outage_id = o.id), '[]')), NULL
        FROM outages o WHERE o.stream = ${stream} AND ${newest('o.since', 'o.id')})
      UNION ALL
      (SELECT 'act', a.id::text, a.at, NULL, NULL, jsonb_build_object('action', a.action, 'actor', a.actor)
        FROM audit_log a WHERE a.target = ${stream} AND ${newest('a.at', 'a.id')})
    ) items
    ORDER BY at DESC, id DESC
    LIMIT ${limit}`.execute(db);
  return rows;
}

function cut(position: string): [at: string, id: string] {
  const bar = position.indexOf('|');
  return [position.slice(0, bar), position.slice(bar + 1)];
}
