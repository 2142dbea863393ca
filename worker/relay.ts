import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '../db/connect.ts';
import {
  findForgottenMirrors,
  findForgottenOperations,
  findForgottenSpaces,
  holdingRelayLock,
} from '../db/streams/relay.ts';
import { listMirroredProjects, listUnwatchedStacks } from '../db/mirror/feeds.ts';
import { mirrorStream, watchWorkflowId } from '../model/mirror/ids.ts';
import { operationWorkflowId, spaceStream } from '../model/knowledge/ids.ts';
import type { Housekeeping } from '../temporal/housekeeping/create-housekeeping.ts';
import type { MirrorWorkflows } from '../temporal/mirror/mirror-workflows.ts';
import type { SpaceWorkflows } from '../temporal/knowledge/space-workflows.ts';
import { RingPacer, type Forgotten } from './ring-pacer.ts';

/** What {@link startRelay} needs. Times are milliseconds. */
export interface RelayOptions {
  db: Db;
  mirrors: Pick<MirrorWorkflows, 'signal' | 'ensureSchedules' | 'watch'>;
  spaces: Pick<SpaceWorkflows, 'signal' | 'runOperation'>;
  housekeeping: Housekeeping;
  logger: Logger;
  /** The kinds of the platforms that are asked for news. */
  watchedPlatforms: readonly string[];
  /** The windows of mirrors and spaces, and how often a space checks its branch. */
  timings: {
    window: number;
    saveWindow: number;
    pollInterval: number;
    watchInterval: number | null;
  };
  /** Time between two checks; defaults to 15 s. */
  interval?: number;
  /** Time between two checks of which Schedules there have to be; defaults to 5 min. */
  scheduleInterval?: number;
}

/** Rings for forgotten work until it is stopped. */
export interface Relay {
  /** Resolves when the current check has ended. */
  stop(): Promise<void>;
}

/**
 * How long it may take to make and push the commit of a batch, or to process an item of an
 * operation, in milliseconds.
 */
const deliveryPatience = 60_000;

/** How long no feed of a stack may have been asked, in milliseconds: what watches it looks every 15 s, and may be slow. */
const watchPatience = 120_000;

/** Schedules that were looked at are trusted for this long, in milliseconds: it costs two questions a project. */
const schedulesHoldFor = 3_600_000;

/** How to notify a workflow whose work nobody has started. */
interface Bell extends Forgotten {
  ring: () => Promise<void>;
}

/**
 * Catches up on what was left undone because a signal got lost, Temporal was down or a workflow was
 * terminated: rings the doorbell of mirrors and spaces with work that nobody has started, starts
 * operations that have stalled, and creates missing Schedules. Only one process relays at a time.
 * Failures are never thrown; they are logged when their kind changes.
 */
export function startRelay(options: RelayOptions): Relay {
  const { db, mirrors, spaces, housekeeping, logger, timings } = options;
  const { interval = 15_000, scheduleInterval = 300_000 } = options;
  const stopping = new AbortController();
  const pacer = new RingPacer();
  let schedulesSeenAt = -Infinity;
  const ensured = new Map<string, { watched: boolean; at: number }>();
  let lastProblem: string | null = null;

  async function look(connection: Db): Promise<void> {
    for (const bell of pacer.due(await bells(connection), Date.now())) {
      if (stopping.signal.aborted) return;
      await bell.ring();
      pacer.rang(bell, Date.now());
      logger.debug({ workflow: bell.workflowId }, 'Rang for waiting work');
    }
    if (Date.now() - schedulesSeenAt < scheduleInterval) return;
    await housekeeping.ensureSchedule();
    await ensureProjectSchedules(connection);
    schedulesSeenAt = Date.now();
  }

  /** Those that changed, and now and then all, since somebody may have removed one in Temporal. */
  async function ensureProjectSchedules(connection: Db): Promise<void> {
    const projects = await listMirroredProjects(connection);
    const known = new Set(projects.map(({ projectId }) => projectId));
    for (const projectId of ensured.keys()) if (!known.has(projectId)) ensured.delete(projectId);
    for (const { projectId, watched: isWatched } of projects) {
      if (stopping.signal.aborted) return;
      // Feeds that worked a moment ago are not asked any more.
      const watched = isWatched && timings.watchInterval !== null;
      const before = ensured.get(projectId);
      const isFresh = before !== undefined && Date.now() - before.at < schedulesHoldFor;
      if (isFresh && before.watched === watched) continue;
      await mirrors.ensureSchedules(projectId, { watched });
      ensured.set(projectId, { watched, at: Date.now() });
    }
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
      // The workflow itself checks once per interval: if it missed three checks, it may have ended.
      look: 3 * pollInterval,
    });
    const unwatched =
      timings.watchInterval === null
        ? []
        : await listUnwatchedStacks(connection, options.watchedPlatforms, watchPatience);
    const operations = await findForgottenOperations(connection, deliveryPatience);
    return [
      ...forgottenMirrors.map(({ missesOutage, ...mirror }) => ({
        workflowId: mirrorStream(mirror),
        ring: async () => {
          if (missesOutage) await mirrors.signal(mirror, 'mirrorChanged');
          await mirrors.signal(mirror, 'doorbell');
        },
      })),
      ...forgottenSpaces.map(({ id: spaceId, missesOutage }) => ({
        workflowId: spaceStream(spaceId),
        ring: async () => {
          if (missesOutage) await spaces.signal(spaceId, 'spaceChanged');
          await spaces.signal(spaceId, 'doorbell');
        },
      })),
      ...unwatched.map((stack) => ({
        workflowId: watchWorkflowId(stack),
        ring: () => mirrors.watch(stack),
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
    // An abort is the normal end; there is nothing to report.
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

/** How long work may wait before it counts as forgotten, given its window; both in milliseconds. */
function patienceFor(window: number): number {
  return Math.max(2 * window, 10_000);
}
