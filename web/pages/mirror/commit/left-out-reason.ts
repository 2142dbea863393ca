import type { ChangedFile, FileSide } from './commit-queries.ts';

type Reason = NonNullable<FileSide['omitted']>;

/** The largest file that the API returns by itself, in bytes. */
const largestFile = 1024 * 1024;

/** Why a file is not shown, and whether it can be read by itself. */
export function leftOutBecause({ before, after }: ChangedFile): {
  reasons: Reason[];
  canBeRead: boolean;
} {
  const sides = [before, after].filter((side) => side !== null);
  const reasons = new Set(sides.flatMap(({ omitted }) => omitted ?? []));
  const canBeRead = sides.every(
    ({ omitted, size }) =>
      omitted === null ||
      ((omitted === 'too_large' || omitted === 'page_full') && (size ?? 0) <= largestFile),
  );
  return { reasons: [...reasons], canBeRead };
}
