import type { Db } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/** One of our commits, and the batches that it contains. */
export interface PushedCommit {
  /** The commit's id. The same batches on the same parent always give the same id. */
  sha: string;
  batches: readonly string[];
}

/**
 * Records what is about to be pushed. Whatever happens to the push, or to the process that makes
 * it, this is how we know which commits on the branch are ours: what a commit says can be written
 * by anyone.
 */
export async function recordPush(
  db: Db,
  stream: StreamId,
  commits: readonly PushedCommit[],
): Promise<void> {
  if (commits.length === 0) return;
  await db
    .insertInto('pushedCommits')
    .values(commits.map(({ sha, batches }) => ({ stream, sha, batches: [...batches] })))
    .onConflict((conflict) => conflict.columns(['stream', 'sha']).doNothing())
    .execute();
}

/** Finds those of these commits that the stream was once about to push: id → its batches. */
export async function findPushed(
  db: Db,
  stream: StreamId,
  shas: readonly string[],
): Promise<Map<string, string[]>> {
  if (shas.length === 0) return new Map();
  const rows = await db
    .selectFrom('pushedCommits')
    .select(['sha', 'batches'])
    .where('stream', '=', stream)
    .where(({ eb, fn, val }) => eb('sha', '=', fn.any(val(shas))))
    .execute();
  return new Map(rows.map(({ sha, batches }) => [sha, batches]));
}

/** Lists the commits that any of these streams was about to push, oldest first. */
export async function listPushed(
  db: Db,
  streams: readonly StreamId[],
  { offset, limit }: { offset: number; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('pushedCommits')
    .select('sha')
    .where(({ eb, fn, val }) => eb('stream', '=', fn.any(val(streams))))
    .orderBy('recordedAt')
    .orderBy('sha')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map(({ sha }) => sha);
}
