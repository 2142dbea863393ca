import { statfs } from 'node:fs/promises';
import { fails, ok, warning, type Check, type Found } from '../check.ts';
import { nearestThere } from './nearest-there.ts';

const mebibyte = 1024 ** 2;
/** Bytes below which Git, PostgreSQL and logs soon stop. */
const tooLittle = 512 * mebibyte;
const little = 2_048 * mebibyte;

/** What Linux calls file systems in memory (statfs(2)): tmpfs and ramfs. */
const inMemory = new Set([0x01021994, 0x858458f6]);

/** Whether the data directory's file system has room and lasts. */
export const diskCheck: Check = {
  name: 'disk',
  async look({ config }) {
    const { path: folder } = await nearestThere(config.dataDir);
    const disk = await statfs(folder);
    return [
      roomFinding(folder, disk.bavail * disk.bsize, {
        clone: config.limits.clones.disk,
        least: config.leastFreeDisk,
      }),
      ...inodeFindings(folder, disk),
      ...lastingFindings(config.dataDir, disk.type, config.databaseUrl === null),
    ];
  },
};

function roomFinding(
  folder: string,
  free: number,
  { clone, least }: { clone: number; least: number },
): Found {
  const says = `${mib(free)} are free where ${folder} is.`;
  const mend = 'Make room there, or set GITWARD_DATA_DIR to a folder on a larger disk.';
  if (free < tooLittle) return fails(`Only ${says}`, mend);
  if (free < least)
    return warning(
      `Only ${says} No new caches and clones are kept below ${mib(least)}, and deliveries take longer.`,
      `${mend} Or let less be kept free (GITWARD_MIN_FREE_MIB).`,
    );
  if (free < clone)
    return warning(
      `Only ${says} One clone may take up to ${mib(clone)}.`,
      `${mend} Or let clones take less (GITWARD_MAX_CLONE_MIB).`,
    );
  return free < little ? warning(`Only ${says}`, mend) : ok(says);
}

/** Some file systems have as many as they need, and say 0. */
function inodeFindings(
  folder: string,
  { files, ffree }: { files: number; ffree: number },
): Found[] {
  const share = ffree / files;
  if (files === 0 || share >= 0.05) return [];
  const says = `Only ${ffree} more files can be created where ${folder} is (${(share * 100).toFixed(1)} % of its inodes).`;
  const mend = 'Remove files there, or make the file system anew with more inodes.';
  return [share < 0.01 ? fails(says, mend) : warning(says, mend)];
}

function lastingFindings(dataDir: string, type: number, isAllThere: boolean): Found[] {
  if (!inMemory.has(type)) return [];
  const mend = 'Set GITWARD_DATA_DIR to a folder on a disk.';
  return [
    isAllThere
      ? fails(
          `${dataDir} is in memory (tmpfs): the database and the master key in it are lost when this machine restarts.`,
          mend,
        )
      : warning(
          `${dataDir} is in memory (tmpfs): Git's caches and clones take memory, and are fetched again after a restart.`,
          mend,
        ),
  ];
}

function mib(bytes: number): string {
  return `${Math.floor(bytes / mebibyte).toLocaleString('en')} MiB`;
}
