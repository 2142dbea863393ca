import { putHeldRemoval } from '../../db/streams/held-removals.ts';
import type { Db } from '../../db/connect.ts';
import type { Held } from '../../git/types.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Removal } from '../../model/streams/removal.ts';

/** Holds a stream that would remove this, unless a person has allowed exactly this removal. `why` is a sentence. */
export async function holdRemoval(
  db: Db,
  stream: StreamId,
  removal: Removal,
  why: string,
): Promise<Held | null> {
  const { approvedAt } = await putHeldRemoval(db, stream, removal);
  if (approvedAt !== null) return null;
  const { count, first } = removal.listed;
  return {
    kind: 'held',
    code: 'mass_removal',
    message:
      `${count} of ${removal.total} files would be removed (${first.slice(0, 3).join(', ')}, …). ${why} ` +
      'Approve it if that is right; once they are there again, Gitward goes on by itself.',
  };
}
