import type { FailureCode } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { LaneName } from '../../model/streams/outage.ts';
import type { Db } from '../connect.ts';

/** An open outage, as shown to operators. */
export interface OpenOutage {
  lane: LaneName;
  since: Date;
  attempts: number;
  nextAttemptAt: Date | null;
  /** When the first notice of it was sent; `null` if none has been. */
  notifiedAt: Date | null;
  reason: { code: FailureCode; message: string };
  /** Whether admins were told again because it lasts. */
  escalated: boolean;
}

/** Lists the open outages of these streams; if a stream has two, the one that began first. */
export async function openOutages(
  db: Db,
  streams: readonly StreamId[],
): Promise<Map<StreamId, OpenOutage>> {
  if (streams.length === 0) return new Map();
  const rows = await db
    .selectFrom('outages as o')
    .selectAll('o')
    .select((expression) =>
      expression
        .selectFrom('notices as n')
        .select((notices) => notices.fn.min('n.sentAt').as('first'))
        .whereRef('n.outageId', '=', 'o.id')
        .as('notifiedAt'),
    )
    .where('o.stream', 'in', streams)
    .where('o.endedAt', 'is', null)
    .orderBy('o.since')
    .execute();
  const first = new Map<StreamId, OpenOutage>();
  for (const row of rows) {
    if (first.has(row.stream)) continue;
    first.set(row.stream, {
      lane: row.lane,
      since: row.since,
      attempts: row.attempts,
      nextAttemptAt: row.nextAttemptAt,
      notifiedAt: row.notifiedAt,
      reason: { code: row.code, message: row.message },
      escalated: row.escalatedAt !== null,
    });
  }
  return first;
}
