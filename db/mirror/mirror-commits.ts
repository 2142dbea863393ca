import type { CommitReason } from '../../model/streams/commit.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';
import type { BatchMessage } from '../schema/streams.ts';

/** A delivered batch with the commit that contains it. */
export interface CommitRecord {
  sha: string;
  batchId: string;
  /** The batch's place in the stream. */
  ordinal: number;
  reason: CommitReason;
  message: BatchMessage;
  authoredAt: Date;
  deliveredAt: Date | null;
  /** The number of the last change in it. */
  through: number;
}

/** Lists what a mirror delivered, newest first, with ordinals below `before`. */
export async function listCommits(
  db: Db,
  mirror: MirrorKey,
  { before, limit }: { before: number | null; limit: number },
): Promise<CommitRecord[]> {
  let query = db
    .selectFrom('batches')
    .select([
      'commitSha as sha',
      'id as batchId',
      'ordinal',
      'reason',
      'message',
      'authoredAt',
      'deliveredAt',
      'through',
    ])
    .where('stream', '=', mirrorStream(mirror))
    .where('state', '=', 'delivered')
    .where('commitSha', 'is not', null)
    .orderBy('ordinal', 'desc')
    .limit(limit)
    .$narrowType<{ sha: string }>();
  if (before !== null) query = query.where('ordinal', '<', before);
  return query.execute();
}
