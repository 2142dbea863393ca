import { statfs } from 'node:fs/promises';
import { isNearlyFull, lastReserve, type DiskState } from '../model/housekeeping/disk.ts';

/** Knows whether there is room for caches and clones. */
export interface DiskRoom {
  /** How full the disk is now; `null` if it cannot be told, which counts as room. */
  look(): Promise<DiskState | null>;
}

/** Options of {@link createDiskRoom}. */
export interface DiskRoomOptions {
  /** Where the caches and clones are. */
  directory: string;
  /** Below so many free bytes it counts as nearly full. */
  least: number;
  /** Reads the sizes in bytes; defaults to asking the system. */
  measure?: (directory: string) => Promise<{ free: number; size: number }>;
}

/** Watches the disk of a directory. */
export function createDiskRoom({ directory, least, measure = ask }: DiskRoomOptions): DiskRoom {
  let wasFull = false;
  return {
    async look() {
      const sizes = await measure(directory).catch(() => null);
      if (sizes === null) return null;
      wasFull = isNearlyFull(sizes.free, least, wasFull);
      const isAlmostFull = sizes.free < Math.min(lastReserve, least / 4);
      return { directory, ...sizes, isNearlyFull: wasFull, isAlmostFull };
    },
  };
}

/** Whether nothing new should be kept. Without anybody who knows, there is room. */
export async function isFull(room: DiskRoom | undefined): Promise<boolean> {
  return (await room?.look())?.isNearlyFull ?? false;
}

async function ask(directory: string): Promise<{ free: number; size: number }> {
  const { bavail, blocks, bsize } = await statfs(directory);
  return { free: bavail * bsize, size: blocks * bsize };
}
