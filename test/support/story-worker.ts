import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { workflowBundle } from './workflow-bundle.ts';

type Activity = (...args: unknown[]) => unknown;

/**
 * One worker for all stories of a test file, because starting one takes longer than most stories. The activities of a
 * workflow are those of its own story.
 */
export interface StoryWorker<A> {
  readonly taskQueue: string;
  /** Runs a story while the workflow with this id has these activities. */
  run<T>(workflowId: string, activities: A, story: () => Promise<T>): Promise<T>;
  /** Stops the worker. Call it when no workflow is open. */
  stop(): Promise<void>;
}

/** Starts a worker for stories whose activities have the names of `example`'s. */
export async function startStoryWorker<A extends object>(
  environment: TestWorkflowEnvironment,
  example: A,
  options: Partial<WorkerOptions> = {},
): Promise<StoryWorker<A>> {
  const ofStories = new Map<string, A>();
  const call =
    (name: string): Activity =>
    (...args) => {
      const id = Context.current().info.workflowExecution?.workflowId ?? '';
      const activities = ofStories.get(id) as Record<string, Activity> | undefined;
      const activity = activities?.[name];
      if (activity === undefined) throw new Error(`No story with the workflow ${id} has ${name}.`);
      return activity(...args);
    };
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowBundle,
    activities: Object.fromEntries(Object.keys(example).map((name) => [name, call(name)])),
    ...options,
  });
  const running = worker.run();
  return {
    taskQueue,
    async run(workflowId, activities, story) {
      ofStories.set(workflowId, activities);
      // A worker that fails would leave its stories waiting.
      const failed = running.then(() => Promise.reject(new Error('The worker has stopped.')));
      return Promise.race([story(), failed]);
    },
    async stop() {
      worker.shutdown();
      await running;
    },
  };
}
