import type { Static } from '@fastify/type-provider-typebox';
import type { Db } from '../../../db/connect.ts';
import { listItems, type OperationItem } from '../../../db/knowledge/operation-items.ts';
import type { Operation } from '../../../db/knowledge/operations.ts';
import { hasEnded, troubledOutcomes } from '../../../model/knowledge/operation.ts';
import { failureSeen } from '../spaces/seen-failure.ts';
import type { OperationItemView, OperationView } from './operation-schema.ts';

const errorsShown = 100;

/** An operation as the API returns it to a caller who may read these kinds (`null`: all). */
export async function operationView(
  db: Db,
  row: Operation,
  kinds: readonly string[] | null,
): Promise<Static<typeof OperationView>> {
  const troubled = troubledOutcomes.some((outcome) => (row.counts[outcome] ?? 0) > 0);
  const errors = troubled
    ? await listItems(db, row.id, { outcomes: troubledOutcomes, after: null, limit: errorsShown })
    : [];
  return {
    id: row.id,
    space: row.spaceId,
    type: row.type,
    dryRun: row.dryRun,
    state: row.state,
    percent: percentOf(row),
    total: row.total,
    done: row.done,
    counts: row.counts,
    current: row.current,
    by: row.person.name,
    startedAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    failure: row.failure && failureSeen(row.failure, kinds),
    errors: errors.map(itemView),
  };
}

/** An item as the API returns it. */
export function itemView(row: OperationItem): Static<typeof OperationItemView> {
  return {
    name: row.name,
    place: row.place,
    entryId: row.entryId,
    outcome: row.outcome,
    message: row.message,
  };
}

/**
 * The percentage of items done; the work after the last item (getting it into Git) is the last
 * percent.
 */
function percentOf({ state, total, done }: Operation): number {
  if (state === 'done') return 100;
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return hasEnded(state) ? percent : Math.min(99, percent);
}
