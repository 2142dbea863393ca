import type { Db } from '../../../db/connect.ts';
import { findLastIndexed } from '../../../db/knowledge/history/space-commits.ts';
import type { CommitLine } from '../../../git/clones/reading-types.ts';

/** Commits whose positions are looked up at once. */
const chunk = 1_000;

/**
 * The last commit of a line, at this position or before, that is in the index of a space's branch, with its position there;
 * `null` if none is.
 */
export async function lastIndexedOn(
  db: Db,
  spaceId: string,
  line: CommitLine,
  at: number,
): Promise<{ sha: string; position: number } | null> {
  for (let end = at; end >= 0; end -= chunk) {
    const start = Math.max(0, end - chunk + 1);
    const shas = Array.from({ length: end - start + 1 }, (_, index) => line.shaAt(start + index));
    const found = await findLastIndexed(db, spaceId, shas);
    if (found !== null) return found;
  }
  return null;
}
