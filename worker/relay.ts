import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '../db/connect.ts';
import { findForgottenMirrors, findMirroredProjects, holdingRelayLock } from '../db/relay.ts';
import { mirrorStream } from '../model/ids.ts';
import type { MirrorWorkflows } from '../temporal/mirror-workflows.ts';
import { RingPacer } from './ring-pacer.ts';

/** What {@link startRelay} needs. Times are milliseconds. */
export interface RelayOptions {
  db: Db;
  mirrors: Pick<MirrorWorkflows, 'signal' | 'ensureSchedules'>;
  logger: Logger;
  /** The mirrors' window. */
  window: number;
  /** Between two looks; 15 s unless told. */
  interval?: number;
  /** Between two looks at the Schedules; 5 min unless told. */
  scheduleInterval?: number;
}

/** Rings for what was forgotten, until it is stopped. */
export interface Relay {
  /** Resolves when the look that is under way has ended. */
  stop(): Promise<void>;
}

/** A batch is under way for as long as its commit takes to make and push. */
const deliveryPatience = 60_000;

/**
 * Makes good what a signal that got lost, a Temporal that was away or a workflow that was terminated
 * left undone: rings the doorbell of mirrors with work that nobody began, and makes missing catch-up
 * Schedules. Of all processes one relays at a time. Its failures are logged when their kind changes,
 * and never thrown.
 */
export function startRelay(options: RelayOptions): Relay {
  const { db, mirrors, logger, window, interval = 15_000, scheduleInterval = 300_000 } = options;
  const stopping = new AbortController();
  const pacer = new RingPacer();
  let schedulesSeenAt = -Infinity;
  let lastProblem: string | null = null;

  async function look(connection: Db): Promise<void> {
    const forgotten = await findForgottenMirrors(connection, {
      change: Math.max(2 * window, 10_000),
      delivery: deliveryPatience,
    });
    for (const mirror of pacer.due(forgotten, Date.now())) {
      if (stopping.signal.aborted) return;
      await mirrors.signal(mirror, 'doorbell');
      pacer.rang(mirror, Date.now());
      logger.debug({ stream: mirrorStream(mirror) }, 'Rang for work that waits');
    }
    if (Date.now() - schedulesSeenAt < scheduleInterval) return;
    for (const projectId of await findMirroredProjects(connection)) {
      if (stopping.signal.aborted) return;
      await mirrors.ensureSchedules(projectId);
    }
    schedulesSeenAt = Date.now();
  }

  function tell(problem: unknown): void {
    const message = problem instanceof Error ? problem.message : String(problem);
    const kind = problem instanceof Error ? problem.name : 'unknown';
    if (kind !== lastProblem) logger.warn(`The relay cannot ring: ${message}`);
    lastProblem = kind;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await holdingRelayLock(db, async (connection) => {
          while (!stopping.signal.aborted) {
            await look(connection);
            if (lastProblem !== null) logger.info('The relay rings again');
            lastProblem = null;
            await pause();
          }
        });
      } catch (error) {
        tell(error);
      }
      await pause();
    }
  }

  async function pause(): Promise<void> {
    // An abort is how it ends; there is nothing to tell.
    await sleep(interval, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
