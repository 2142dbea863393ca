import type { Mirror } from '../../../db/mirror/mirrors.ts';
import type { MeteredCommit } from '../../../model/telemetry/meter.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';

/** What was just noted as delivered: a batch, or what a full render brought. */
export interface NotedDelivery {
  /** Its commit; `null` if none was made for it. */
  sha: string | null;
  eventType: string;
  /** `null` if it had no window. */
  windowClosedAt: Date | null;
  changes: readonly { type: string; occurredAt: Date | string }[];
}

/**
 * Counts what was noted as delivered at this time. Call it when that is certain, after the transaction. A commit with
 * several batches is one commit.
 */
export function meterDelivery(
  { meter }: Pick<ActivityDependencies, 'meter'>,
  { branchId, repositoryUrl }: Pick<Mirror, 'branchId' | 'repositoryUrl'>,
  noted: readonly NotedDelivery[],
  at: Date,
): void {
  const commits = new Map<string, MeteredCommit>();
  for (const { sha, eventType, windowClosedAt } of noted)
    if (sha !== null)
      commits.set(sha, {
        eventType,
        sinceWindow: windowClosedAt && secondsUntil(at, windowClosedAt),
      });
  const changes = noted.flatMap((delivery) =>
    delivery.changes.map(({ type, occurredAt }) => ({
      eventType: type,
      sinceEvent: secondsUntil(at, new Date(occurredAt)),
    })),
  );
  meter.delivered({ branchId, repositoryUrl, commits: [...commits.values()], changes });
}

/** Never negative: two clocks may tell times in the wrong order. */
function secondsUntil(at: Date, earlier: Date): number {
  return Math.max(0, (at.getTime() - earlier.getTime()) / 1_000);
}
