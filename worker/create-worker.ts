import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Activities } from '../activities/contract.ts';
import type { TemporalTarget } from '../temporal/connect.ts';
import { activityQueues, taskQueue, type ActivityKind } from '../workflows/messages.ts';
import { connectWorker } from './connect-worker.ts';
import { wellFormedFailures } from './well-formed-failures.ts';

/** What {@link createWorker} needs. */
export interface CreateWorkerOptions {
  temporal: TemporalTarget;
  activities: Activities;
  /** The bundle that the build made (a file), or the workflows' source, bundled now (tests). */
  workflows: { bundle: string } | { source: string };
  /** How long activities may go on after a stop was asked for, in milliseconds; 10 s unless told. */
  shutdownGrace?: number;
}

/** A worker on our task queues. */
export interface GitwardWorker {
  /** Works until {@link GitwardWorker.stop}; rejects where the worker fails for good. */
  run(): Promise<void>;
  /** Takes no more work, gives running activities their grace, and resolves when `run` has ended. */
  stop(): Promise<void>;
}

/**
 * How many activities of each kind of long work run at once. A kind that is flooded, or whose hosts hang, fills its own
 * slots and takes none of the others'. Together they are some 20: each is a few git processes and its render's memory,
 * and waits for hosts most of its time.
 */
const slots: Record<ActivityKind, number> = {
  // Reading, rendering, delivering and verifying: most of an installation's work, and its slowest hosts.
  mirrors: 12,
  // Somebody waits for a save; a sync with nothing new is one question to the host.
  spaces: 6,
  // Nobody waits for the next chunk, and each holds its space's lock for a moment: savers come first.
  operations: 2,
  // A mail server that hangs costs each notice a minute or two, and nothing else.
  notices: 4,
};

/** Of workflows and of their bookkeeping, which is a few short statements each: it waits for no long work. */
const bookkeeping = {
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentWorkflowTaskExecutions: 40,
  // A mirror's workflow sleeps nearly always; one that falls out of the cache is replayed.
  maxCachedWorkflows: 1_000,
} satisfies Partial<WorkerOptions>;

/**
 * Connects a worker to Temporal, which takes from all of Gitward's task queues. Rejects where Temporal does not answer
 * within ten seconds or the workflows cannot be loaded. `installRuntime` comes first.
 */
export async function createWorker(options: CreateWorkerOptions): Promise<GitwardWorker> {
  const connection = await connectWorker(options.temporal);
  let workers: Worker[];
  try {
    workers = await createWorkers(connection, options);
  } catch (error) {
    // Those that were made hold the connection: what went wrong is said, not that.
    await connection.close().catch(() => undefined);
    throw error;
  }
  let ended: Promise<void> | null = null;
  return {
    run() {
      ended = runAll(workers).finally(() => connection.close());
      return ended;
    },
    async stop() {
      if (ended === null) return connection.close();
      shutDown(workers);
      // How it ended is told to whoever runs it.
      await ended.catch(() => undefined);
    },
  };
}

/** A worker a queue, on one connection. */
async function createWorkers(
  connection: NativeConnection,
  { temporal, activities, workflows, shutdownGrace = 10_000 }: CreateWorkerOptions,
): Promise<Worker[]> {
  const shared = {
    connection,
    namespace: temporal.namespace,
    activities,
    interceptors: { activity: [wellFormedFailures] },
    shutdownGraceTime: shutdownGrace,
    // An activity that does not hear its cancellation must not keep the process for ever.
    shutdownForceTime: shutdownGrace + 15_000,
  } satisfies Partial<WorkerOptions>;
  const main = await Worker.create({
    ...shared,
    taskQueue,
    ...('bundle' in workflows
      ? { workflowBundle: { codePath: workflows.bundle } }
      : { workflowsPath: workflows.source }),
    ...bookkeeping,
  });
  const others = Object.entries(slots).map(([kind, count]) =>
    Worker.create({
      ...shared,
      taskQueue: activityQueues[kind as ActivityKind],
      maxConcurrentActivityTaskExecutions: count,
    }),
  );
  const made = await Promise.allSettled(others);
  return [main, ...made.map(valueOf)];
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

/** Runs all of them until they are shut down. Where one fails the others are stopped, and its failure is the reason. */
async function runAll(workers: readonly Worker[]): Promise<void> {
  const running = workers.map(async (worker) => {
    try {
      await worker.run();
    } finally {
      shutDown(workers);
    }
  });
  const failed = (await Promise.allSettled(running)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

function shutDown(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
