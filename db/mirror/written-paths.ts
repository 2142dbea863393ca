import type { StreamId } from '../../model/streams/ids.ts';
import type { Db } from '../connect.ts';

/**
 * Lists the paths that a stream writes: those of its rendered state, and those that its waiting
 * batches write or remove.
 */
export async function listWrittenPaths(db: Db, stream: StreamId): Promise<Set<string>> {
  const rows = await db
    .selectFrom('renderedFiles')
    .select('path')
    .where('stream', '=', stream)
    .union(
      db
        .selectFrom('batchFiles')
        .innerJoin('batches', 'batches.id', 'batchFiles.batchId')
        .select('path')
        .where('stream', '=', stream)
        .where('state', '=', 'waiting'),
    )
    .execute();
  return new Set(rows.map(({ path }) => path));
}
