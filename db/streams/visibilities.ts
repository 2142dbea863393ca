import type { Db } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Visibility } from '../../model/streams/visibility.ts';
import { storableText } from '../storable.ts';

/** Who may read a stream's repository, and when that was checked. */
export interface CheckedVisibility extends Visibility {
  checkedAt: Date;
}

/** Stores an answer as the stream's last. `url` is the repository that was checked. */
export async function putVisibility(
  db: Db,
  stream: StreamId,
  url: string,
  { result, reason, checkedAt }: CheckedVisibility,
): Promise<void> {
  const columns = {
    repositoryUrl: url,
    result,
    reason: storableText(reason),
    checkedAt,
  };
  await db
    .insertInto('visibilities')
    .values({ stream, ...columns })
    .onConflict((conflict) => conflict.column('stream').doUpdateSet(columns))
    .execute();
}

/**
 * Lists the last answers for these streams' repositories; answers for another address do not count.
 */
export async function listVisibilities(
  db: Db,
  repositories: readonly { stream: StreamId; url: string }[],
): Promise<Map<StreamId, CheckedVisibility>> {
  if (repositories.length === 0) return new Map();
  const urls = new Map(repositories.map(({ stream, url }) => [stream, url]));
  const rows = await db
    .selectFrom('visibilities')
    .selectAll()
    .where('stream', 'in', [...urls.keys()])
    .execute();
  return new Map(
    rows
      .filter(({ stream, repositoryUrl }) => urls.get(stream) === repositoryUrl)
      .map(({ stream, result, reason, checkedAt }) => [stream, { result, reason, checkedAt }]),
  );
}
