import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '../db/connect.ts';
import {
  findForgottenMirrors,
  findForgottenOperations,
  findForgottenSpaces,
  findMirroredProjects,
  holdingRelayLock,
} from '../db/streams/relay.ts';
import { mirrorStream } from '../model/mirror/ids.ts';
import { operationWorkflowId, spaceStream } from '../model/knowledge/ids.ts';
import type { MirrorWorkflows } from '../temporal/mirror/mirror-workflows.ts';
import type { SpaceWorkflows } from '../temporal/knowledge/space-workflows.ts';
import { RingPacer, type Forgotten } from './ring-pacer.ts';

/** What {@link startRelay} needs. Times are milliseconds. */
export interface RelayOptions {
  db: Db;
  mirrors: Pick<MirrorWorkflows, 'signal' | 'ensureSchedules'>;
  spaces: Pick<SpaceWorkflows, 'signal' | 'runOperation'>;
  logger: Logger;
  /** The windows of mirrors and spaces, and how often a space looks at its branch. */
  timings: { window: number; saveWindow: number; pollInterval: number };
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

/** A batch is under way for as long as its commit takes to make and push; so is an item of an operation. */
const deliveryPatience = 60_000;

/** How a workflow that has work that nobody began hears of it. */
interface Bell extends Forgotten {
  ring: () => Promise<void>;
}

/**
 * Makes good what a signal that got lost, a Temporal that was away or a workflow that was terminated
 * left undone: rings the doorbell of mirrors and spaces with work that nobody began, starts operations
 * that stand still, and makes missing catch-up Schedules. Of all processes one relays at a time. Its failures are logged when their kind changes,
 * and never thrown.
 */
export function startRelay(options: RelayOptions): Relay {
  const { db, mirrors, spaces, logger, timings } = options;
  const { interval = 15_000, scheduleInterval = 300_000 } = options;
  const stopping = new AbortController();
  const pacer = new RingPacer();
  let schedulesSeenAt = -Infinity;
  let lastProblem: string | null = null;

  async function look(connection: Db): Promise<void> {
    for (const bell of pacer.due(await bells(connection), Date.now())) {
      if (stopping.signal.aborted) return;
      await bell.ring();
      pacer.rang(bell, Date.now());
      logger.debug({ workflow: bell.workflowId }, 'Rang for work that waits');
    }
    if (Date.now() - schedulesSeenAt < scheduleInterval) return;
    for (const projectId of await findMirroredProjects(connection)) {
      if (stopping.signal.aborted) return;
      await mirrors.ensureSchedules(projectId);
    }
    schedulesSeenAt = Date.now();
  }

  async function bells(connection: Db): Promise<Bell[]> {
    const { window, saveWindow, pollInterval } = timings;
    const forgottenMirrors = await findForgottenMirrors(connection, {
      change: patienceFor(window),
      delivery: deliveryPatience,
    });
    const forgottenSpaces = await findForgottenSpaces(connection, {
      save: patienceFor(saveWindow),
      reading: deliveryPatience,
      // The workflow itself looks at each interval: where it did not three times, it may be gone.
      look: 3 * pollInterval,
    });
    const operations = await findForgottenOperations(connection, deliveryPatience);
    return [
      ...forgottenMirrors.map((mirror) => ({
        workflowId: mirrorStream(mirror),
        ring: () => mirrors.signal(mirror, 'doorbell'),
      })),
      ...forgottenSpaces.map((spaceId) => ({
        workflowId: spaceStream(spaceId),
        ring: () => spaces.signal(spaceId, 'doorbell'),
      })),
      ...operations.map((operationId) => ({
        workflowId: operationWorkflowId(operationId),
        ring: () => spaces.runOperation(operationId),
      })),
    ];
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

/** How long what waits for a window (milliseconds) may wait until it counts as forgotten. */
function patienceFor(window: number): number {
  return Math.max(2 * window, 10_000);
}
