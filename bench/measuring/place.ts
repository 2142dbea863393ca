import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of a bench's own, and what was started in it. */
export class Place {
  readonly directory: string;
  readonly #endings: (() => unknown)[] = [];

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** Makes one. Whoever does ends it. */
  static async make(): Promise<Place> {
    return new Place(await mkdtemp(join(tmpdir(), 'gitward-bench-')));
  }

  /** A path in it. */
  path(...names: string[]): string {
    return join(this.directory, ...names);
  }

  /** Notes how to end what was started. */
  atEnd(ending: () => unknown): void {
    this.#endings.push(ending);
  }

  /** Ends what was started, last first, and removes the folder, also if something cannot be ended: then it throws why. */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (const ending of this.#endings.splice(0).reverse())
      try {
        await ending();
      } catch (error) {
        failures.push(error);
      }
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
    if (failures.length > 0)
      throw new AggregateError(failures, 'Not all that the bench started ended.');
  }
}

/** What a folder takes on disk, in bytes. */
export function sizeOf(directory: string): number {
  return Number(execFileSync('du', ['-sk', directory]).toString().split('\t')[0]) * 1024;
}
