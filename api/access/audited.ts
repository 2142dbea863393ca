import type { FastifyRequest } from 'fastify';
import type { Db, Trx } from '../../db/connect.ts';
import { recordAudit } from '../../db/access/audit.ts';
import { limitLockWait } from '../../db/lock-wait.ts';
import { callerOf } from './authentication.ts';

/** What the audit log says about a change. */
export interface AuditNote {
  action: string;
  target: string;
  /** Must not contain secrets. */
  detail?: Record<string, unknown>;
}

/**
 * Makes a change and writes its audit entry in one transaction, so there is never one without the
 * other. `note` turns the result into the entry; it returns `null` if nothing was changed. If
 * `change` throws, the transaction is rolled back.
 */
export async function audited<T>(
  db: Db,
  request: FastifyRequest,
  change: (transaction: Trx) => Promise<T>,
  note: (result: T) => AuditNote | null,
): Promise<T> {
  return inRequest(db, async (transaction) => {
    const result = await change(transaction);
    const entry = note(result);
    if (entry !== null) await writeAudit(transaction, request, entry);
    return result;
  });
}

/**
 * Runs a request's transaction, in which it waits for locked rows only for a limited time: beyond
 * that it is answered with 503 `busy`.
 */
export async function inRequest<T>(db: Db, work: (transaction: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await limitLockWait(transaction);
    return work(transaction);
  });
}

/** Writes an audit entry for something that the request's caller did. */
export async function writeAudit(db: Db, request: FastifyRequest, note: AuditNote): Promise<void> {
  const caller = callerOf(request);
  await recordAudit(db, {
    by: caller,
    actor: caller.name,
    requestId: request.id,
    ...note,
  });
}
