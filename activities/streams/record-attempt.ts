import type { Db } from '../../db/connect.ts';
import { recordPush, type PushedCommit } from '../../db/streams/pushed-commits.ts';
import type { PlannedCommit, Tip } from '../../git/types.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/**
 * Records the commits of an attempt right before they are pushed, so that they are known to be ours wherever they
 * are found, also when the push's answer is lost. `built` is as `Plan.beforePush` gets it.
 */
export async function recordAttempt(
  db: Db,
  stream: StreamId,
  tip: Pick<Tip, 'sha'>,
  planned: readonly PlannedCommit[],
  built: readonly (string | null)[],
): Promise<void> {
  await recordPush(db, stream, commitsOf(tip, planned, built));
}

/** The new commits with their batches; one that would have changed nothing gives its own to the one before it. */
function commitsOf(
  tip: Pick<Tip, 'sha'>,
  planned: readonly PlannedCommit[],
  built: readonly (string | null)[],
): PushedCommit[] {
  const batchesOf = new Map<string, string[]>();
  for (const [index, { trailers }] of planned.entries()) {
    const sha = built[index] ?? null;
    if (sha === null || sha === tip.sha) continue;
    batchesOf.set(sha, [...(batchesOf.get(sha) ?? []), ...trailers.batches]);
  }
  return [...batchesOf].map(([sha, batches]) => ({ sha, batches }));
}
