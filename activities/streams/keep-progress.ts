import { putProgress, removeProgress, type WorkRun } from '../../db/streams/progress.ts';
import type { Progress } from '../../model/streams/progress.ts';
import { streamFields } from '../../telemetry/log-fields.ts';
import type { ActivityDependencies, ActivityLogger } from './dependencies.ts';

/** Work whose progress is stored, so that people can see it. */
export interface ShownWork extends Pick<WorkRun, 'stream' | 'work'> {
  deps: Pick<ActivityDependencies, 'db'> & { logger: Pick<ActivityLogger, 'warn'> };
}

/** How often progress is stored, at most. Work that is over sooner stores nothing. */
const storeEvery = 1_000;
/** After how many times without a change it is stored again, so that it does not seem to be lost. */
const repeatAfter = 10;

/**
 * Stores how far one run of long work is, once a second while it changes. The work never waits for that, and does not fail
 * if it fails.
 */
export class KeptProgress {
  readonly #deps: ShownWork['deps'];
  readonly #run: WorkRun;
  readonly #timer: NodeJS.Timeout;
  #current: Progress | null = null;
  /** What was stored last; `null` if nothing was. */
  #stored: Progress | null = null;
  #unchanged = 0;
  #storing: Promise<void> | null = null;

  constructor({ deps, stream, work }: ShownWork) {
    this.#deps = deps;
    this.#run = { stream, work, startedAt: new Date() };
    this.#timer = setInterval(() => this.#keep(), storeEvery);
  }

  /** Says how far the work is now; costs nothing, so that it can be said of every item. */
  note(progress: Progress): void {
    this.#current = progress;
  }

  /** Ends it when the work is over, and removes what was stored. Does not reject. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#storing;
    if (this.#stored === null) return;
    await removeProgress(this.#deps.db, this.#run).catch((err: unknown) => {
      // It is no longer shown once it is stale.
      this.#warn(err, 'The progress of work that is over was not removed.');
    });
  }

  #keep(): void {
    if (this.#current === null || this.#storing !== null) return;
    if (this.#current === this.#stored && ++this.#unchanged < repeatAfter) return;
    this.#unchanged = 0;
    // Also if it fails: it may have been stored nevertheless.
    this.#stored = this.#current;
    this.#storing = putProgress(this.#deps.db, this.#run, this.#current)
      .catch((err: unknown) => this.#warn(err, 'The progress of work was not stored.'))
      .finally(() => (this.#storing = null));
  }

  #warn(err: unknown, message: string): void {
    const { stream, work } = this.#run;
    this.#deps.logger.warn({ err, ...streamFields(stream), work }, message);
  }
}
