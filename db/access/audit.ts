import type { Selectable } from 'kysely';
import type { Db } from '../connect.ts';
import type { AuditLogTable } from '../schema/access.ts';
import { jsonb } from '../storable.ts';

/** A stored entry of the audit log. */
export type AuditEntry = Selectable<AuditLogTable>;

/** Who did what to what, to be recorded. */
export interface NewAuditEntry {
  /** The token that was used; `null` is Gitward itself. */
  tokenId: string | null;
  /** The token's name, which is still readable after the token is removed. */
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
      tokenId: entry.tokenId,
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
