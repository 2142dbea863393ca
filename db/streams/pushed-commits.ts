import type { Db } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/** A commit of ours, and the batches that it holds. */
export interface PushedCommit {
  /** The commit's id. The same batches on the same parent give the same one. */
  sha: string;
  batches: readonly string[];
}

/**
 * Records what an attempt is about to push. Whatever becomes of the push, and of whoever makes it: that a
 * commit on the branch is ours is known from here, since anybody can write what our commits say.
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

/** Of these commits, those that the stream was about to push once: id → its batches. */
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
