import type { Db } from '../../../../db/connect.ts';
import {
  cutLine,
  findLastIndexed,
  readEndOfLine,
} from '../../../../db/knowledge/history/space-commits.ts';
import {
  lockHistoryAt,
  noteHistory,
  readHistory,
  type SpaceHistory,
} from '../../../../db/knowledge/history/space-histories.ts';
import type { Space } from '../../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../../git/clones/clone-types.ts';

/** The most first parents that an ordinary push has; beyond that, the whole line is read. */
const ORDINARY_PUSH = 1_000;

/** The first-parent line that ends at a commit, newest first: all of it, or at least as far back as `wanted`. */
export async function readLine(
  clone: Clone,
  to: string,
  wanted: readonly (string | null)[],
): Promise<string[]> {
  const last = await clone.firstParents(to, ORDINARY_PUSH);
  const isEnough = wanted.every((sha) => sha !== null && last.includes(sha));
  return isEnough ? last : clone.firstParents(to);
}

/**
 * The point from which the index of a space's history continues along a line. If the line is different from before (a
 * force-push, a merge with our line as its second parent, another root), the index is cut where the two part.
 */
export async function startHistory(
  db: Db,
  row: Pick<Space, 'id' | 'root'>,
  line: readonly string[],
): Promise<SpaceHistory> {
  const { id, root } = row;
  const seen = await readHistory(db, id, root);
  const isSameRoot = seen.root === root;
  if (isSameRoot && seen.sha !== null && line.includes(seen.sha)) return seen;
  const known = isSameRoot ? await findLastIndexed(db, id, line) : null;
  return db.transaction().execute(async (trx) => {
    await lockHistoryAt(trx, id, seen);
    await cutLine(trx, id, known?.position ?? 0);
    const { effectiveAt } = await readEndOfLine(trx, id);
    const start = {
      root,
      sha: known?.sha ?? null,
      position: known?.position ?? 0,
      effectiveAt,
      takenPosition: Math.min(seen.takenPosition, known?.position ?? 0),
    };
    await noteHistory(trx, id, start);
    return start;
  });
}
