import { isFull, type DiskRoom } from './disk-room.ts';

/** What {@link startSweeper} needs. Times are milliseconds. */
export interface SweeperOptions {
  /** What is kept, for the log. */
  what: string;
  room: DiskRoom | undefined;
  /** How long something is kept without being used; defaults to a day. */
  keepFor?: number | undefined;
  /** Time between two looks; defaults to a minute. */
  every?: number | undefined;
  /** What was last used before this time (since 1970) and can be removed, the longest unused first. */
  unusedSince(time: number): string[];
  /** Removes one of these, unless it has been used since that time. */
  drop(key: string, time: number): Promise<void>;
  /** Removes what dead processes left; while the disk is nearly full, also what a later process could use. */
  removeAbandoned(isLow: boolean): Promise<void>;
  logger?: { warn(fields: object, message: string): void } | undefined;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** While the disk is nearly full, what was used within this time stays: somebody works with it. */
export const inUse = minute;

/**
 * Removes what this process keeps on disk and has not used for long, and every hour what dead processes left. While the disk is
 * nearly full, it removes the longest unused until there is room again.
 */
export function startSweeper(options: SweeperOptions): { stop(): Promise<void> } {
  const { what, room, keepFor = day, every = minute, logger } = options;
  let abandonedAt = Date.now();
  let running: Promise<void> | null = null;
  let isStopped = false;

  async function sweep(): Promise<void> {
    for (const key of options.unusedSince(Date.now() - keepFor))
      await options.drop(key, Date.now() - keepFor);
    const time = Date.now() - Math.min(inUse, keepFor);
    const isLow = await isFull(room);
    if (isLow || Date.now() - abandonedAt > 60 * minute) {
      abandonedAt = Date.now();
      await options.removeAbandoned(isLow);
    }
    for (const key of isLow ? options.unusedSince(time) : []) {
      if (isStopped || !(await isFull(room))) break;
      await options.drop(key, time);
    }
  }

  const timer = setInterval(() => {
    running ??= sweep()
      .catch((error: unknown) => {
        if (!isStopped) logger?.warn({ err: error }, `Unused ${what} could not be removed.`);
      })
      .finally(() => (running = null));
  }, every).unref();

  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
