import { sql, type Selectable } from 'kysely';
import type { Actor } from '../../model/access/actor.ts';
import type { Db } from '../connect.ts';
import type { AuditLogTable } from '../schema/access.ts';
import { likeText } from '../like-text.ts';
import { jsonb } from '../storable.ts';

/** A stored entry of the audit log. */
export type AuditEntry = Selectable<AuditLogTable>;

/** Who did what to what, to be recorded. */
export interface NewAuditEntry {
  by: Actor;
  /** The name of the token or person, which is still readable after they are removed. */
  actor: string;
  /** `<subject>.<verb>`, such as `mirror.enable`. */
  action: string;
  /** The target, such as `mirror/<p>/<b>` or `token/<id>`. */
  target: string;
  requestId: string | null;
  /** Anything else a reader needs; never a secret. */
  detail?: Record<string, unknown>;
}

/**
 * Writes an entry. Pass the transaction of the change, so that neither is stored without the other.
 */
export async function recordAudit(db: Db, entry: NewAuditEntry): Promise<void> {
  await db
    .insertInto('auditLog')
    .values({
      tokenId: entry.by.tokenId,
      personId: entry.by.personId,
      actor: entry.actor,
      action: entry.action,
      target: entry.target,
      requestId: entry.requestId,
      detail: jsonb(entry.detail ?? {}),
    })
    .execute();
}

/** Which entries {@link listAudit} lists; `null`, or left out, means any. */
export interface AuditWanted {
  /** Exactly this name. */
  actor?: string | null;
  /** The beginning of the action: `mirror.`. */
  action?: string | null;
  /** The beginning of the target: `mirror/<p>/`. */
  target?: string | null;
  from?: Date | null;
  /** Exclusive. */
  to?: Date | null;
  /** The page starts after the entry with this id. */
  after?: number | null;
  limit: number;
}

/** Lists entries, newest first. */
export async function listAudit(db: Db, wanted: AuditWanted): Promise<AuditEntry[]> {
  return auditQuery(db, wanted).execute();
}

/**
 * The query of {@link listAudit}. Actors and times have indexes in its order. For a beginning,
 * PostgreSQL chooses between its index and the newest entries; only one with many entries that are
 * all old makes it read most of the log.
 */
export function auditQuery(
  db: Db,
  {
    actor = null,
    action = null,
    target = null,
    from = null,
    to = null,
    after = null,
    limit,
  }: AuditWanted,
) {
  let query = db
    .selectFrom('auditLog')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (actor !== null) query = query.where('actor', '=', actor);
  if (action !== null) query = query.where('action', 'like', `${likeText(action)}%`);
  if (target !== null) query = query.where('target', 'like', `${likeText(target)}%`);
  if (from !== null) query = query.where('at', '>=', from);
  if (to !== null) query = query.where('at', '<', to);
  // A time of its own would be in milliseconds here, which is too coarse to go on from.
  if (after !== null)
    query = query.where(
      sql<boolean>`(at, id) < (SELECT last.at, last.id FROM audit_log last WHERE last.id = ${after})`,
    );
  return query;
}
