import type { Selectable } from 'kysely';
import type { Db } from '../connect.ts';
import type { AuditLogTable } from '../schema/access.ts';
import { jsonb } from '../storable.ts';

/** An entry of the audit log, as recorded. */
export type AuditEntry = Selectable<AuditLogTable>;

/** Who did what to what, as it is to be recorded. */
export interface NewAuditEntry {
  /** The token that acted; `null` is Gitward itself. */
  tokenId: string | null;
  /** The token's name, which stays readable after the token is gone. */
  actor: string;
  /** `<subject>.<verb>`, such as `mirror.enable`. */
  action: string;
  /** What it was done to, such as `mirror/<p>/<b>` or `token/<id>`. */
  target: string;
  requestId: string | null;
  /** What else a reader needs; never a secret. */
  detail?: Record<string, unknown>;
}

/** Writes an entry; give it the transaction of the change, so that neither is there without the other. */
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

/** Entries from the newest on, beginning below the id `before`. */
export async function listAudit(
  db: Db,
  { before, limit }: { before: number | null; limit: number },
): Promise<AuditEntry[]> {
  let query = db.selectFrom('auditLog').selectAll().orderBy('id', 'desc').limit(limit);
  if (before !== null) query = query.where('id', '<', before);
  return query.execute();
}
