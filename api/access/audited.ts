import type { FastifyRequest } from 'fastify';
import type { Db, Trx } from '../../db/connect.ts';
import { recordAudit } from '../../db/access/audit.ts';
import { callerOf } from './authentication.ts';

/** What the audit log says of a change. */
export interface AuditNote {
  action: string;
  target: string;
  /** Never a secret. */
  detail?: Record<string, unknown>;
}

/**
 * Makes a change and its audit entry in one transaction: neither is there without the other. `note`
 * says what was done, from what came of it; `null` where nothing was. What `change` throws rolls back.
 */
export async function audited<T>(
  db: Db,
  request: FastifyRequest,
  change: (transaction: Trx) => Promise<T>,
  note: (result: T) => AuditNote | null,
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    const result = await change(transaction);
    const entry = note(result);
    if (entry !== null) await writeAudit(transaction, request, entry);
    return result;
  });
}

/** Writes an audit entry of what the request's caller did. */
export async function writeAudit(db: Db, request: FastifyRequest, note: AuditNote): Promise<void> {
  const caller = callerOf(request);
  await recordAudit(db, {
    tokenId: caller.id,
    actor: caller.name,
    requestId: request.id,
    ...note,
  });
}
