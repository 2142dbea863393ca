import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/** What {@link startNoticeRounds} needs. */
export interface NoticeRoundsOptions {
  /** Tells what no workflow tells of. */
  round: () => Promise<void>;
  logger: Pick<Logger, 'warn'>;
  /** Milliseconds between two rounds; defaults to a minute. */
  interval?: number;
}

/**
 * Looks from time to time for notices that no workflow sends. Every worker may do so: what is being sent is claimed in the
 * database. Failures are never thrown; they are logged when their message changes.
 */
export function startNoticeRounds({ round, logger, interval = 60_000 }: NoticeRoundsOptions): {
  /** Resolves when the current round has ended. */
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  let lastProblem: string | null = null;

  async function once(): Promise<void> {
    try {
      await round();
      lastProblem = null;
    } catch (err) {
      const problem = err instanceof Error ? err.message : String(err);
      if (problem !== lastProblem)
        logger.warn({ err }, 'Notices that nobody sends were not looked for');
      lastProblem = problem;
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await once();
      // An abort is the normal end; there is nothing to report.
      await sleep(interval, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
