import type { Selectable } from 'kysely';
import type { Actor } from '../../model/access/actor.ts';
import type { Db } from '../connect.ts';
import type { AuditLogTable } from '../schema/access.ts';
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

/** Lists entries, newest first, with ids below `before`. */
export async function listAudit(
  db: Db,
  { before, limit }: { before: number | null; limit: number },
): Promise<AuditEntry[]> {
  let query = db.selectFrom('auditLog').selectAll().orderBy('id', 'desc').limit(limit);
  if (before !== null) query = query.where('id', '<', before);
  return query.execute();
}
