import { listed, type Listed } from './listed.ts';

/** What a reading would remove although nobody reported that it was removed. */
export interface Removal {
  /** Identifies what would be removed. */
  digest: string;
  /** The paths of its files. */
  listed: Listed<string>;
  /** How many such files there are now, the others included. */
  total: number;
}

/** So many files may go without anybody having said why. */
export const mostUntold = 20;

/** Whether so many of `total` files go that a person has to say that it is right. */
export function isTooMuch(count: number, total: number): boolean {
  return count > mostUntold && count * 4 > total;
}

/** Whether these are too many to be all of a kind that goes: so many are rarely deleted one by one. */
export function isWholeKind(objects: number, files: number): boolean {
  return objects >= 5 && files > mostUntold;
}

/** Describes a removal; `digest` is computed from the sorted names of what goes. */
export function removalOf(
  paths: readonly string[],
  { digest, total }: Pick<Removal, 'digest' | 'total'>,
): Removal {
  return { digest, total, listed: listed([...paths].sort()) };
}
