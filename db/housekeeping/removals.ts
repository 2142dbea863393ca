import { sql, type RawBuilder } from 'kysely';
import type { RemovedKind } from '../../model/housekeeping/run.ts';
import { removalOf, type RemovePortion } from './portion.ts';
import { removeChanges } from './remove-changes.ts';
import { removeOperationItems } from './remove-operation-items.ts';
import { removeLeftovers, removeSignIns } from './remove-leftovers.ts';

/*
 * What may go, and what must not: decision 72 has the reasons. Subqueries have a limit so that they are asked for each row of a
 * portion, and never become a join with the whole of another table; those of EXISTS may.
 */

const noSaveOf = (column: RawBuilder<unknown>) => sql<boolean>`
  (SELECT true FROM saves s WHERE ${column} = t.id LIMIT 1) IS NULL`;

/** The newest batch of a stream stays: the next one counts on from it, and it tells when something was last delivered. */
const isNotTheNewest = sql<boolean>`
  (SELECT true FROM batches b WHERE b.stream = t.stream AND b.ordinal > t.ordinal LIMIT 1)`;

const isUnused = sql<boolean>`
  ${isNotTheNewest}
  AND (SELECT true FROM change_events c WHERE c.batch_id = t.id LIMIT 1) IS NULL
  AND (SELECT true FROM saves s WHERE s.batch_id = t.id LIMIT 1) IS NULL`;

function batchesOf(product: 'mirror' | 'space'): RemovePortion {
  return removalOf({
    table: 'batches',
    // A superseded batch was never delivered.
    at: sql`coalesce(t.delivered_at, t.window_closed_at)`,
    settled: sql<boolean>`t.state <> 'waiting' AND t.stream LIKE ${`${product}/%`}`,
    mayGo: () => isUnused,
  });
}

/** How each kind is removed. */
export const removals: Record<RemovedKind, RemovePortion> = {
  changes: removeChanges,
  mirror_batches: batchesOf('mirror'),
  saves: removalOf({
    table: 'saves',
    at: sql`t.created_at`,
    settled: sql<boolean>`t.state <> 'waiting'`,
    // What clashed, was lost or is reviewed waits for what people decide.
    mayGo: (before) => sql<boolean>`CASE t.state
      WHEN 'delivered' THEN t.delivered_at < ${before}
      WHEN 'unneeded' THEN true
      WHEN 'in_review' THEN (SELECT r.ended_at < ${before} FROM reviews r WHERE r.id = t.review_id)
      WHEN 'waiting' THEN false
      ELSE (SELECT (c.settled ->> 'at')::timestamptz < ${before} FROM conflicts c WHERE c.id = t.conflict_id)
    END`,
  }),
  conflicts: removalOf({
    table: 'conflicts',
    at: sql`t.created_at`,
    settled: sql<boolean>`t.settled IS NOT NULL`,
    mayGo: (before) => sql<boolean>`
      (t.settled ->> 'at')::timestamptz < ${before} AND ${noSaveOf(sql`s.conflict_id`)}`,
  }),
  reviews: removalOf({
    table: 'reviews',
    at: sql`t.ended_at`,
    settled: sql<boolean>`t.ended_at IS NOT NULL`,
    mayGo: () => noSaveOf(sql`s.review_id`),
  }),
  space_batches: batchesOf('space'),
  operation_items: removeOperationItems,
  operations: removalOf({
    table: 'operations',
    at: sql`t.ended_at`,
    settled: sql<boolean>`t.ended_at IS NOT NULL`,
    // An operation stays as long as a save says that it comes from it.
    mayGo: () => sql<boolean>`t.type <> 'check' AND ${noSaveOf(sql`s.operation_id`)}
      AND (SELECT true FROM operation_items i WHERE i.operation_id = t.id LIMIT 1) IS NULL`,
  }),
  sync_logs: removalOf({ table: 'sync_logs', at: sql`t.at` }),
  webhook_deliveries: removalOf({ table: 'webhook_deliveries', at: sql`t.received_at` }),
  outages: removalOf({
    table: 'outages',
    at: sql`t.ended_at`,
    settled: sql<boolean>`t.ended_at IS NOT NULL`,
    mayGo: (before) => sql<boolean>`
      (SELECT true FROM refused_files f WHERE f.outage_id = t.id LIMIT 1) IS NULL
      -- One that nobody has received is sent again, unless it is so old that this was given up.
      AND (SELECT true FROM notices n
        WHERE n.outage_id = t.id AND n.sent_at IS NULL AND n.created_at >= ${before} LIMIT 1) IS NULL`,
    removeDependants: async (trx, rows) => {
      await sql`DELETE FROM notices n USING outages t WHERE n.outage_id = t.id AND ${rows}`.execute(
        trx,
      );
    },
  }),
  failed_attempts: removalOf({ table: 'failed_attempts', at: sql`t.started_at` }),
  audit_log: removalOf({ table: 'audit_log', at: sql`t.at` }),
  prompt_scores: removalOf({ table: 'prompt_scores', at: sql`t.created_at` }),
  prompt_checks: removalOf({
    table: 'operations',
    at: sql`t.ended_at`,
    settled: sql<boolean>`t.ended_at IS NOT NULL`,
    // The newest run of a prompt's variant says whether its examples pass. Results and items go with their operation.
    mayGo: () => sql<boolean>`t.type = 'check' AND (
      SELECT true FROM prompt_checks c WHERE c.id = t.id AND (
        SELECT true FROM prompt_checks n WHERE n.space_id = c.space_id AND n.prompt_id = c.prompt_id
          AND n.variant IS NOT DISTINCT FROM c.variant AND (n.created_at, n.id) > (c.created_at, c.id) LIMIT 1) IS NULL
      LIMIT 1) IS NULL`,
  }),
  sessions: removalOf({
    table: 'sessions',
    at: sql`t.expires_at`,
  }),
  sign_ins: removeSignIns,
  leftovers: removeLeftovers,
};
