import type { BlockPair } from './compare-blocks.ts';

/** Blocks that are the same and are not shown. */
export interface Fold {
  /** Where it begins, which names it. */
  at: number;
  count: number;
}

/** How many blocks that are the same are shown before and after one that differs. */
const around = 1;
/** Fewer are not worth a fold. */
const least = 3;

/** The blocks that differ, with what is around them; the others are folded unless they were opened. */
export function foldSame(
  pairs: readonly BlockPair[],
  opened: ReadonlySet<number>,
): (Fold | { at: number; pair: BlockPair })[] {
  const isNear = pairs.map((_, at) =>
    pairs
      .slice(Math.max(0, at - around), at + around + 1)
      .some(({ before, after }) => before !== after),
  );
  const shown: (Fold | { at: number; pair: BlockPair })[] = [];
  for (let at = 0; at < pairs.length;) {
    let end = at;
    while (end < pairs.length && isNear[end] === isNear[at]) end += 1;
    if (isNear[at] === false && end - at >= least && !opened.has(at))
      shown.push({ at, count: end - at });
    else shown.push(...pairs.slice(at, end).map((pair, index) => ({ at: at + index, pair })));
    at = end;
  }
  return shown;
}
