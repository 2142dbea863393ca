import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CancelledFailure, Context } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type {
  catchUpWorkflow,
  housekeepingWorkflow,
  mirrorWorkflow,
  operationWorkflow,
  spaceWorkflow,
  verifyWorkflow,
  watchWorkflow,
} from '../../workflows/index.ts';
import type { HousekeepingActivities } from '../../activities/housekeeping/contract.ts';
import type { WatchActivities } from '../../activities/mirror/contract.ts';
import type { OperationActivities } from '../../activities/knowledge/contract.ts';
import {
  cancelOperation,
  feedsChanged,
  mirrorChanged,
  spaceChanged,
} from '../../workflows/messages.ts';
import { devServerEnvironment } from '../support/temporal.ts';
import { ScriptedActivities } from '../workflows/mirror/scripted-activities.ts';
import { ScriptedSpaceActivities } from '../workflows/knowledge/scripted-space-activities.ts';
import { failure } from '../workflows/streams/scripted-stream-activities.ts';
import { acceptSaved, spaceStories, type SpaceStage, type SpaceStory } from './space-stories.ts';
import { accept, stories, type Stage, type Story } from './stories.ts';

/*
 * Records the histories that `replay.test.ts` replays:
 *
 *     npx tsx test/replay/record.ts [name …]
 *
 * Run it if a change of a workflow need not support workflows that are already open. After a release,
 * every change must support them: guard it with `patched`, and add its story here.
 */
const identity = 'gitward-recorder';
const directory = fileURLToPath(new URL('histories', import.meta.url));
const timings = { window: 200, retryInterval: 400, escalateAfter: 1_200 };

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
  logger: new DefaultLogger('ERROR'),
});
await mkdir(directory, { recursive: true });

/**
 * What is recorded as `histories/<name>.json`; with `shortHistories` in several parts, on a server that suggests early
 * to continue as new.
 */
interface Recording {
  name: string;
  shortHistories: boolean;
  record: (environment: TestWorkflowEnvironment) => Promise<void>;
}

const recordings: Recording[] = [
  ...Object.entries(stories).map(([name, story]) => ({
    name,
    shortHistories: story.shortHistories ?? false,
    record: (environment: TestWorkflowEnvironment) => recordMirror(environment, name, story),
  })),
  ...Object.entries(spaceStories).map(([name, story]) => ({
    name,
    shortHistories: story.shortHistories ?? false,
    record: (environment: TestWorkflowEnvironment) => recordSpace(environment, name, story),
  })),
  ...Object.entries({
    'catch-up': recordCatchUp,
    verification: recordVerification,
    housekeeping: recordHousekeeping,
    watch: recordWatch,
    'operation-done': recordDoneOperation,
    'operation-failed': recordFailedOperation,
    'operation-cancelled': recordCancelledOperation,
  }).map(([name, recordIt]) => ({
    name,
    shortHistories: false,
    record: async (environment: TestWorkflowEnvironment) =>
      write(name, await recordIt(environment)),
  })),
];

const wanted = process.argv.slice(2);
for (const shortHistories of [false, true]) {
  const chosen = recordings.filter(
    (recording) =>
      recording.shortHistories === shortHistories &&
      (wanted.length === 0 || wanted.includes(recording.name)),
  );
  if (chosen.length === 0) continue;
  const limit = 'limit.historyCount.suggestContinueAsNew=60';
  const environment = await devServerEnvironment(
    shortHistories ? ['--dynamic-config-value', limit] : [],
  );
  try {
    for (const { record } of chosen) await record(environment);
  } finally {
    await environment.teardown();
  }
}

async function recordMirror(
  environment: TestWorkflowEnvironment,
  name: string,
  story: Story,
): Promise<void> {
  const world = new ScriptedActivities();
  story.before?.(world);
  const workflowId = `mirror/7/${name}`;
  await withWorker(environment, world.activities(), async (client, taskQueue) => {
    const { firstExecutionRunId } = await client.workflow.start<typeof mirrorWorkflow>(
      'mirrorWorkflow',
      { taskQueue, workflowId, args: [{ projectId: '7', branchId: name, timings }] },
    );
    // Without a run id, the handle follows the newest run, even after a continue-as-new.
    const mirror = client.workflow.getHandle<typeof mirrorWorkflow>(workflowId);
    const stage: Stage = { world, mirror, change: () => accept({ world, mirror }), until };
    await story.play(stage);
    world.ended = true;
    await mirror.signal(mirrorChanged);
    await mirror.result();
    await writeRuns(client, workflowId, firstExecutionRunId, { name, parts: story.shortHistories });
  });
}

async function recordSpace(
  environment: TestWorkflowEnvironment,
  name: string,
  story: SpaceStory,
): Promise<void> {
  const world = new ScriptedSpaceActivities();
  story.before?.(world);
  const workflowId = `space/${name}`;
  await withWorker(environment, world.activities(), async (client, taskQueue) => {
    const { firstExecutionRunId } = await client.workflow.start<typeof spaceWorkflow>(
      'spaceWorkflow',
      {
        taskQueue,
        workflowId,
        args: [{ spaceId: name, timings: { ...timings, pollInterval: 500 } }],
      },
    );
    const space = client.workflow.getHandle<typeof spaceWorkflow>(workflowId);
    const stage: SpaceStage = { world, space, save: () => acceptSaved({ world, space }), until };
    await story.play(stage);
    world.ended = true;
    await space.signal(spaceChanged);
    await space.result();
    await writeRuns(client, workflowId, firstExecutionRunId, { name, parts: story.shortHistories });
  });
}

/** Writes the history of a workflow's first run, and of the runs that continued it. */
async function writeRuns(
  client: Client,
  workflowId: string,
  firstRunId: string,
  { name, parts = false }: { name: string; parts?: boolean | undefined },
): Promise<void> {
  let run: string | null | undefined = firstRunId;
  for (let part = 1; run != null; part += 1) {
    const history: History = await client.workflow.getHandle(workflowId, run).fetchHistory();
    await write(parts ? `${name}-${part}` : name, history);
    run = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
}

async function recordCatchUp(environment: TestWorkflowEnvironment): Promise<History> {
  return withWorker(environment, twoBranches().activities(), async (client, taskQueue) => {
    const handle = await client.workflow.start<typeof catchUpWorkflow>('catchUpWorkflow', {
      taskQueue,
      workflowId: 'catch-up/7',
      args: [{ projectId: '7' }],
    });
    await handle.result();
    return handle.fetchHistory();
  });
}

/** One mirror that cannot be verified, and one that is unsettled at the first look. */
async function recordVerification(environment: TestWorkflowEnvironment): Promise<History> {
  const world = twoBranches();
  let looks = 0;
  world.verifyMirror = ({ branchId }) => {
    if (branchId === '1') return Promise.reject(failure('repository_unreachable'));
    looks += 1;
    return Promise.resolve({
      outcome: looks === 1 ? 'unsettled' : 'identical',
      differenceCount: looks === 1 ? 1 : 0,
    });
  };
  return withWorker(environment, world.activities(), async (client, taskQueue) => {
    const handle = await client.workflow.start<typeof verifyWorkflow>('verifyWorkflow', {
      taskQueue,
      workflowId: 'verify/7',
      args: [{ projectId: '7' }],
    });
    // The workflow fails because one mirror cannot be verified.
    await handle.result().catch(() => undefined);
    return handle.fetchHistory();
  });
}

/** Changes that need several activities, one kind that cannot be removed, and nothing of the others. */
async function recordHousekeeping(environment: TestWorkflowEnvironment): Promise<History> {
  const activities: HousekeepingActivities = {
    removeOldRows: ({ kind, cursor }) => {
      if (kind === 'saves') return Promise.reject(failure('repository_error'));
      if (kind !== 'changes') return Promise.resolve({ removed: 0, cursor: null });
      return Promise.resolve({ removed: 2, cursor: cursor === null ? ['7', '1', 'again'] : null });
    },
    noteHousekeeping: () => Promise.resolve(),
  };
  return withWorker(environment, activities, async (client, taskQueue) => {
    const handle = await client.workflow.start<typeof housekeepingWorkflow>(
      'housekeepingWorkflow',
      { taskQueue, workflowId: 'housekeeping', args: [] },
    );
    await handle.result();
    return handle.fetchHistory();
  });
}

async function recordWatch(environment: TestWorkflowEnvironment): Promise<History> {
  const asked = { feeds: 2, asked: 2, news: 1, nextIn: 1_000 };
  let rounds = 0;
  const activities: WatchActivities = {
    askFeeds: () => {
      rounds += 1;
      if (rounds === 2) return Promise.resolve({ ...asked, nextIn: 60_000 });
      return Promise.resolve(rounds < 3 ? asked : { feeds: 0, asked: 0, news: 0, nextIn: null });
    },
  };
  return withWorker(environment, activities, async (client, taskQueue) => {
    const handle = await client.workflow.start<typeof watchWorkflow>('watchWorkflow', {
      ...{ taskQueue, workflowId: 'watch/platform.example' },
      args: [{ stack: 'platform.example' }],
    });
    await until(() => rounds === 2);
    await handle.signal(feedsChanged);
    await handle.result();
    return handle.fetchHistory();
  });
}

function recordDoneOperation(environment: TestWorkflowEnvironment): Promise<History> {
  let attempts = 0;
  return recordOperation(environment, () => {
    attempts += 1;
    if (attempts === 1) throw new Error('The database is away.');
    return Promise.resolve('through');
  });
}

function recordFailedOperation(environment: TestWorkflowEnvironment): Promise<History> {
  return recordOperation(environment, () => Promise.reject(failure('repository_not_found')));
}

function recordCancelledOperation(environment: TestWorkflowEnvironment): Promise<History> {
  return recordOperation(environment, async () => {
    const { client, info, cancellationSignal } = Context.current();
    await client.workflow
      .getHandle(info.workflowExecution?.workflowId ?? '')
      .signal(cancelOperation);
    while (!cancellationSignal.aborted) {
      Context.current().heartbeat();
      await sleep(20);
    }
    throw new CancelledFailure('CANCELLED');
  });
}

async function recordOperation(
  environment: TestWorkflowEnvironment,
  workOnItems: OperationActivities['workOnItems'],
): Promise<History> {
  const activities: OperationActivities = {
    beginOperation: () => Promise.resolve({ spaceId: 's', type: 'export', dryRun: false }),
    askSpace: () => Promise.resolve({ attempts: {} }),
    lookAtSpace: () => Promise.resolve({ kind: 'fulfilled' }),
    workOnItems,
    finishOperation: () => Promise.resolve({ state: 'done' }),
    endOperation: () => Promise.resolve(),
  };
  return withWorker(environment, activities, async (client, taskQueue) => {
    const handle = await client.workflow.start<typeof operationWorkflow>('operationWorkflow', {
      taskQueue,
      workflowId: `operation/${randomUUID()}`,
      args: [{ operationId: 'o' }],
    });
    await handle.result();
    return handle.fetchHistory();
  });
}

function twoBranches(): ScriptedActivities {
  const world = new ScriptedActivities();
  world.listActiveMirrors = () =>
    Promise.resolve(['1', '2'].map((branchId) => ({ projectId: '7', branchId })));
  return world;
}

async function withWorker<T>(
  { nativeConnection, connection }: TestWorkflowEnvironment,
  activities: object,
  work: (client: Client, taskQueue: string) => Promise<T>,
): Promise<T> {
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: nativeConnection,
    identity,
    taskQueue,
    workflowBundle,
    activities,
  });
  return worker.runUntil(() => work(new Client({ connection, identity }), taskQueue));
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`Not so after 30 s: ${what.toString()}`);
    await sleep(20);
  }
}

async function write(name: string, history: History): Promise<void> {
  // Stack traces contain paths of the recording machine and are not needed for the replay.
  const { events } = JSON.parse(historyToJSON(history), (key, value: unknown) =>
    key === 'stackTrace' ? '' : value,
  ) as { events: unknown[] };
  const lines = events.map((event) => JSON.stringify(event)).join(',\n');
  await writeFile(join(directory, `${name}.json`), `{"events":[\n${lines}\n]}\n`);
  console.log(`${name}: ${events.length} events`);
}
