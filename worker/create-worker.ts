import {
  type ActivityInterceptorsFactory,
  type NativeConnection,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import type { Activities } from '../activities/contract.ts';
import type { TemporalTarget } from '../temporal/connect.ts';
import type { QueueName } from '../model/telemetry/queues.ts';
import { activityQueues, taskQueue } from '../workflows/messages.ts';
import { connectWorker } from './connect-worker.ts';
import { wellFormedFailures } from './well-formed-failures.ts';

/** What {@link createWorker} needs. */
export interface CreateWorkerOptions {
  temporal: TemporalTarget;
  activities: Activities;
  /**
   * The bundle that the build created (a file), or the source of the workflows and of their interceptors, which is
   * bundled now.
   */
  workflows: { bundle: string } | { source: string; interceptors?: string[] };
  /** What activities go through, such as tracing. */
  interceptors?: ActivityInterceptorsFactory[];
  /**
   * How long activities may continue after a stop was requested, in milliseconds; defaults to 10 s.
   */
  shutdownGrace?: number;
}

/** A worker on our task queues. */
export interface GitwardWorker {
  /** Works until {@link GitwardWorker.stop}; rejects if the worker fails permanently. */
  run(): Promise<void>;
  /**
   * Takes no more work, gives running activities time to finish, and resolves when `run` has ended.
   */
  stop(): Promise<void>;
}

/**
 * How many activities of each kind of long-running work run at once. If a kind is flooded, or its
 * hosts hang, it fills its own slots and takes none from the others. In total there are about 20:
 * each costs a few git processes and the memory of a render, and spends most of its time waiting
 * for hosts.
 */
const slots: Record<QueueName, number> = {
  // Reading, rendering, delivering and verifying: most of an installation's work, with the slowest
  // hosts.
  mirrors: 12,
  // Someone is waiting for each save; a sync that finds nothing new is a single request to the
  // host.
  spaces: 6,
  // Nobody is waiting for the next chunk, and each chunk holds its space's lock for a moment: saves
  // come first.
  operations: 2,
  // A model takes up to minutes for an answer, of which there are many in a run.
  checks: 4,
  // If the mail server hangs, each notice takes a minute or two, and nothing else is affected.
  notices: 4,
  // A round asks many projects at once; there is one round a stack.
  feeds: 4,
};

/**
 * For workflows and their bookkeeping activities, which run a few short statements each and never
 * wait for long-running work.
 */
const bookkeeping = {
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentWorkflowTaskExecutions: 40,
  // A mirror's workflow sleeps most of the time; one that drops out of the cache is replayed. Each takes a quarter of a megabyte.
  maxCachedWorkflows: 250,
} satisfies Partial<WorkerOptions>;

/**
 * Connects a worker for all of Gitward's task queues to Temporal. Rejects if Temporal does not
 * answer within ten seconds, or if the workflows cannot be loaded. Call `installRuntime` first.
 */
export async function createWorker(options: CreateWorkerOptions): Promise<GitwardWorker> {
  const connection = await connectWorker(options.temporal);
  let workers: Worker[];
  try {
    workers = await createWorkers(connection, options);
  } catch (error) {
    // Workers created so far hold on to the connection, so closing it may fail: report the original
    // error instead.
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
      // The caller of `run` learns how it ended.
      await ended.catch(() => undefined);
    },
  };
}

/** One worker per queue, all on one connection. */
async function createWorkers(
  connection: NativeConnection,
  {
    temporal,
    activities,
    workflows,
    interceptors = [],
    shutdownGrace = 10_000,
  }: CreateWorkerOptions,
): Promise<Worker[]> {
  const shared = {
    connection,
    namespace: temporal.namespace,
    activities,
    interceptors: { activity: [wellFormedFailures, ...interceptors] },
    shutdownGraceTime: shutdownGrace,
    // An activity that ignores its cancellation must not keep the process alive forever.
    shutdownForceTime: shutdownGrace + 15_000,
  } satisfies Partial<WorkerOptions>;
  const main = await Worker.create({
    ...shared,
    taskQueue,
    ...('bundle' in workflows
      ? { workflowBundle: { codePath: workflows.bundle } }
      : {
          workflowsPath: workflows.source,
          interceptors: { ...shared.interceptors, workflowModules: workflows.interceptors ?? [] },
        }),
    ...bookkeeping,
  });
  const others = Object.entries(slots).map(([kind, count]) =>
    Worker.create({
      ...shared,
      taskQueue: activityQueues[kind as QueueName],
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

/**
 * Runs all workers until they are shut down. If one fails, the others are stopped, and its error is
 * thrown.
 */
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
