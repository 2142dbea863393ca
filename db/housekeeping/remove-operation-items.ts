import { sql } from 'kysely';
import type { Trx } from '../connect.ts';
import type { Portion, PortionInput } from './portion.ts';

/**
 * Removes the next portion of items of operations that ended long ago, oldest operation first. An operation may have hundreds of
 * thousands of them, which would be too many to go with it.
 */
export async function removeOperationItems(
  trx: Trx,
  { before, limit }: PortionInput,
): Promise<Portion> {
  const { rows } = await sql<{ id: string }>`
    SELECT o.id FROM operations o
    WHERE o.ended_at < ${before} AND o.type <> 'check'
      AND (SELECT true FROM operation_items i WHERE i.operation_id = o.id LIMIT 1)
    ORDER BY o.ended_at LIMIT 1`.execute(trx);
  const [operation] = rows;
  if (operation === undefined) return { removed: 0, cursor: null };
  const gone = await sql`
    DELETE FROM operation_items WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM operation_items WHERE operation_id = ${operation.id}
      ORDER BY ordinal LIMIT ${limit} FOR UPDATE SKIP LOCKED))`.execute(trx);
  const removed = Number(gone.numAffectedRows ?? 0);
  // Nobody else works on these: if all are locked, another run of housekeeping removes them.
  return { removed, cursor: removed === 0 ? null : [operation.id] };
}
