import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A folder that is a disk of its own, small enough to be filled. */
export class SmallDisk {
  readonly directory: string;
  readonly #mebibytes: number;
  #mounted = false;

  constructor(directory: string, mebibytes: number) {
    this.directory = directory;
    this.#mebibytes = mebibytes;
  }

  /** Whether this machine lets us mount one; otherwise it is a folder like any other, which cannot be filled. */
  get canBeFilled(): boolean {
    return this.#mounted;
  }

  /** Mounts it over the folder, which must exist. */
  async mount(): Promise<void> {
    const options = `size=${this.#mebibytes}m,mode=0700`;
    this.#mounted = await run('mount', [
      '-t',
      'tmpfs',
      '-o',
      options,
      'tmpfs',
      this.directory,
    ]).then(
      () => true,
      () => false,
    );
  }

  /** Leaves no byte. */
  async fill(): Promise<void> {
    if (!this.#mounted) return;
    const file = await open(join(this.directory, filler), 'w');
    const piece = Buffer.alloc(64 * 1024, 1);
    try {
      for (;;) await file.write(piece);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  async empty(): Promise<void> {
    await rm(join(this.directory, filler), { force: true });
  }

  async unmount(): Promise<void> {
    if (!this.#mounted) return;
    this.#mounted = false;
    await run('umount', ['--lazy', this.directory]);
  }
}

const filler = 'filler';
