import { readSeen } from '../../../db/knowledge/space-size.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Db } from '../../../db/connect.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { isTooMuch, mostUntold } from '../../../model/streams/removal.ts';
import type { EntryChange } from './match-files.ts';

/**
 * Throws `StreamFailure` (`mass_removal`) if the branch suddenly lacks many entries that nobody removed in Gitward, as
 * after a bad merge. They stay readable until a person has approved that, or they are there again.
 */
export async function requireExpected(
  db: Db,
  { id, approvedAt }: Pick<Space, 'id' | 'approvedAt'>,
  changes: readonly EntryChange[],
): Promise<void> {
  if (approvedAt !== null) return;
  // A file may only have another id now.
  const present = new Set(changes.flatMap(({ path, file }) => (file === null ? [] : [path])));
  const gone = changes.filter(({ path, file }) => file === null && !present.has(path));
  if (gone.length <= mostUntold) return;
  const { paths, total } = await readSeen(
    db,
    id,
    gone.map((change) => change.id),
  );
  if (!isTooMuch(paths.length, total)) return;
  throw new StreamFailure(
    'mass_removal',
    `The branch lacks ${paths.length} of ${total} entries that it had (${paths.sort().slice(0, 3).join(', ')}, …): ` +
      'perhaps a merge went wrong. They stay readable here. Approve it if they are to go; ' +
      'once they are in the branch again, Gitward goes on by itself.',
  );
}
