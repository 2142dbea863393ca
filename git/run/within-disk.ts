import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskState } from '../../model/housekeeping/disk.ts';
import { StreamFailure } from '../../model/streams/errors.ts';

import type { DiskRoom } from '../disk-room.ts';

/** A repository of ours that may only grow to a certain size. */
export interface DiskLimit {
  directory: string;
  /** In bytes. */
  most: number;
  /** The remote, for the message. */
  url: string;
  /** Whether there is room at all; defaults to yes. */
  room?: DiskRoom | undefined;
}

/** How often the size is looked at, in milliseconds. */
const lookEvery = 500;

/**
 * Calls `fetch`, which downloads into a repository, and ends it by the signal that it gets as soon as the packs there
 * take more than allowed: a host may send any amount. Rejects then with `StreamFailure` (`repository_too_large`); or with
 * `repository_error`, which is tried again, if the disk is almost full, whatever fills it.
 */
export async function withinDisk<T>(
  { directory, most, url, room }: DiskLimit,
  signal: AbortSignal,
  fetch: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const full = new AbortController();
  async function look(): Promise<void> {
    if ((await packedBytes(directory)) > most) full.abort(tooLarge(url, most));
    const disk = await room?.look();
    if (disk?.isAlmostFull === true) full.abort(almostFull(url, disk));
  }
  await look();
  full.signal.throwIfAborted();
  const timer = setInterval(() => void look(), lookEvery);
  try {
    const fetched = await fetch(AbortSignal.any([signal, full.signal]));
    await look();
    full.signal.throwIfAborted();
    return fetched;
  } finally {
    clearInterval(timer);
  }
}

/** The size of the packs, also of those that are still arriving. */
async function packedBytes(directory: string): Promise<number> {
  const packs = join(directory, 'objects', 'pack');
  const names = await readdir(packs).catch(() => []);
  // A file may be renamed or removed in the meantime.
  const sizes = names.map((name) =>
    stat(join(packs, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function almostFull(url: string, { directory, free }: DiskState): StreamFailure {
  return new StreamFailure(
    'repository_error',
    `${url} was not fetched, because only ${Math.floor(free / 1024 ** 2)} MiB are free on the disk of ${directory}. ` +
      'Make room there. Gitward will retry automatically.',
  );
}

function tooLarge(url: string, most: number): StreamFailure {
  return new StreamFailure(
    'repository_too_large',
    `${url} takes more than ${Math.floor(most / 1024 ** 2).toLocaleString('en')} MiB on disk. ` +
      'Remove large files from its history, use another repository, or raise GITWARD_MAX_CLONE_MIB.',
  );
}
