import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Activities } from '../activities/streams/contract.ts';
import type { TemporalTarget } from '../temporal/connect.ts';
import { taskQueue } from '../workflows/messages.ts';
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

/** A worker on our task queue. */
export interface GitwardWorker {
  /** Works until {@link GitwardWorker.stop}; rejects where the worker fails for good. */
  run(): Promise<void>;
  /** Takes no more work, gives running activities their grace, and resolves when `run` has ended. */
  stop(): Promise<void>;
}

// A delivery is a few git processes and its render's memory, and waits for hosts most of its time.
const limits = {
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentWorkflowTaskExecutions: 40,
  // A mirror's workflow sleeps nearly always; one that falls out of the cache is replayed.
  maxCachedWorkflows: 1_000,
} satisfies Partial<WorkerOptions>;

/**
 * Connects a worker to Temporal. Rejects where Temporal does not answer within ten seconds or the
 * workflows cannot be loaded. `installRuntime` comes first.
 */
export async function createWorker(options: CreateWorkerOptions): Promise<GitwardWorker> {
  const { temporal, activities, workflows, shutdownGrace = 10_000 } = options;
  const connection = await connectInTime(temporal);
  let worker: Worker;
  try {
    worker = await Worker.create({
      connection,
      namespace: temporal.namespace,
      taskQueue,
      activities,
      interceptors: { activity: [wellFormedFailures] },
      ...('bundle' in workflows
        ? { workflowBundle: { codePath: workflows.bundle } }
        : { workflowsPath: workflows.source }),
      ...limits,
      shutdownGraceTime: shutdownGrace,
      // An activity that does not hear its cancellation must not keep the process for ever.
      shutdownForceTime: shutdownGrace + 15_000,
    });
  } catch (error) {
    await connection.close();
    throw error;
  }
  let ended: Promise<void> | null = null;
  return {
    run() {
      ended = worker.run().finally(() => connection.close());
      return ended;
    },
    async stop() {
      if (ended === null) return connection.close();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      // How it ended is told to whoever runs it.
      await ended.catch(() => undefined);
    },
  };
}

async function connectInTime({ connection }: TemporalTarget): Promise<NativeConnection> {
  const connecting = NativeConnection.connect(connection);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 10 s')), 10_000);
  });
  try {
    return await Promise.race([connecting, late]);
  } catch (cause) {
    void connecting.then(
      (tooLate) => tooLate.close(),
      () => undefined,
    );
    // The native client's message is a nest of its own types; what the system said is quoted in it.
    const text = cause instanceof Error ? cause.message : String(cause);
    const reason = /message: "([^"]+)"/.exec(text)?.[1] ?? text;
    throw new Error(
      `The worker cannot connect to Temporal at ${connection.address}: ${reason}. Check TEMPORAL_ADDRESS.`,
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
}
