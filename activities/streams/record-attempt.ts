import type { Db } from '../../db/connect.ts';
import { recordPush, type PushedCommit } from '../../db/streams/pushed-commits.ts';
import type { BuiltPlan } from '../../git/types.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/**
 * Records the commits of an attempt right before they are pushed, so that we recognize them as ours wherever we find
 * them, even if the response to the push is lost.
 */
export async function recordAttempt(db: Db, stream: StreamId, built: BuiltPlan): Promise<void> {
  await recordPush(db, stream, newCommits(built));
}

/** The new commits with their batches. Those of a commit that would have changed nothing go to the one before it. */
export function newCommits({ plan, base, commits }: BuiltPlan): PushedCommit[] {
  if (plan.kind !== 'commits') return [];
  const batchesOf = new Map<string, string[]>();
  for (const [index, { trailers }] of plan.commits.entries()) {
    const sha = commits[index] ?? null;
    if (sha === null || sha === base) continue;
    batchesOf.set(sha, [...(batchesOf.get(sha) ?? []), ...trailers.batches]);
  }
  return [...batchesOf].map(([sha, batches]) => ({ sha, batches }));
}
