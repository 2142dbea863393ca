import { sql } from 'kysely';
import type { Trx } from '../connect.ts';
import type { Portion, PortionInput } from './portion.ts';

/** Removes links and attempts to sign in that were over before this time. */
export async function removeSignIns(trx: Trx, { before, limit }: PortionInput): Promise<Portion> {
  let removed = 0;
  for (const table of ['sign_in_links', 'sign_in_attempts'])
    removed += await removeSome(trx, table, 'expires_at', before, limit);
  return { removed, cursor: removed < limit ? null : [] };
}

/** Removes what ended processes left: the progress of their work, and how full their disks were. */
export async function removeLeftovers(trx: Trx, { before, limit }: PortionInput): Promise<Portion> {
  let removed = 0;
  for (const [table, at] of [
    ['stream_progress', 'updated_at'],
    ['process_disks', 'seen_at'],
  ] as const)
    removed += await removeSome(trx, table, at, before, limit);
  return { removed, cursor: removed < limit ? null : [] };
}

async function removeSome(
  trx: Trx,
  table: string,
  at: string,
  before: Date,
  limit: number,
): Promise<number> {
  const gone = await sql`
    DELETE FROM ${sql.table(table)} WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${sql.table(table)} WHERE ${sql.ref(at)} < ${before}
      LIMIT ${limit} FOR UPDATE SKIP LOCKED))`.execute(trx);
  return Number(gone.numAffectedRows ?? 0);
}
