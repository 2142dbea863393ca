/** How full the file system of a directory is. Sizes are bytes. */
export interface DiskState {
  directory: string;
  /** What we may still write; some file systems keep a share for the administrator. */
  free: number;
  size: number;
  /** Whether nothing new is kept there. */
  isNearlyFull: boolean;
  /** Whether nothing is fetched any more: what is left is for the database, which may be there, too. */
  isAlmostFull: boolean;
}

/** The free bytes below which nothing new is kept, unless it is set. */
export const defaultLeastFree = 1024 ** 3;

/** A disk that was nearly full has room again when it has so many times the least: it should not change with each file. */
const roomAgain = 1.25;

/** The free bytes below which nothing is fetched any more; less, if less is to be kept free. */
export const lastReserve = 64 * 1024 ** 2;

/** Whether a disk with so many free bytes is nearly full, given whether it was before. */
export function isNearlyFull(free: number, least: number, was: boolean): boolean {
  return free < (was ? least * roomAgain : least);
}
