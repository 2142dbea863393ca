import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Activities } from '../../activities/contract.ts';
import { embeddedTemporal } from '../../temporal/connect.ts';
import { createWorker, type GitwardWorker } from '../../worker/create-worker.ts';
import type { QueueName } from '../../model/telemetry/queues.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { namespaceEnvironment } from '../support/temporal.ts';
import { quietRuntime, workflowBundle } from '../support/workflow-bundle.ts';
import { failure } from '../workflows/streams/scripted-stream-activities.ts';

const HOUR = 3_600_000;
const timings = { window: 1, retryInterval: HOUR, escalateAfter: HOUR, pollInterval: HOUR };
/** More than all kinds have slots together. */
const flood = 60;

quietRuntime();
const environment = await namespaceEnvironment();
const { client } = environment;

/**
 * The kind whose long work currently hangs, and the work that was started and finished, per kind: the names of the
 * requesters.
 */
let hanging: QueueName | null = null;
let release: () => void = () => undefined;
const begun: Record<QueueName, Set<string>> = emptySets();
const done: Record<QueueName, Set<string>> = emptySets();

function emptySets(): Record<QueueName, Set<string>> {
  const kinds = {
    mirrors: new Set<string>(),
    spaces: new Set<string>(),
    operations: new Set<string>(),
  };
  return { ...kinds, checks: new Set(), notices: new Set(), feeds: new Set() };
}

/** Long work of this kind: finished at once, or held until it is released. */
async function work(kind: QueueName, of: string): Promise<void> {
  begun[kind].add(of);
  while (hanging === kind) {
    await new Promise<void>((resolve) => {
      const before = release;
      release = () => {
        before();
        resolve();
      };
    });
  }
  done[kind].add(of);
}

const isCheck = (operationId: string) => operationId.startsWith('check-');
const counts = { active: true, pendingChanges: 0, undeliveredChanges: 0, waitingBatches: 0 };
const known = { ended: false, paused: false, initialized: true, outages: [], unsentNotices: [] };
const spaceCounts = { active: true, waitingSaves: 0, openConflicts: 0 };
const activities: Partial<Activities> = {
  readMirror: () => Promise.resolve({ ...known, ...counts, resync: false }),
  async deliver({ projectId }) {
    await work('mirrors', projectId);
    // Only a person can fix this, so the admins are notified at once.
    if (projectId.startsWith('sick')) throw failure('credential_refused');
    return { ...counts, resync: false, tip: null, commits: 0 };
  },
  readSpace: () => Promise.resolve({ ...known, ...spaceCounts }),
  async syncSpace({ spaceId }) {
    await work('spaces', spaceId);
    return { ...spaceCounts, tip: null, commits: 0, entries: 0 };
  },
  beginOperation: ({ operationId }) =>
    Promise.resolve({
      spaceId: 's',
      type: isCheck(operationId) ? 'check' : 'import',
      dryRun: true,
    }),
  async workOnItems({ operationId }) {
    await work(isCheck(operationId) ? 'checks' : 'operations', operationId);
    return 'through';
  },
  finishOperation: () => Promise.resolve({ state: 'done' }),
  recordFailure: ({ stream, lane, attemptStartedAt, nextAttemptAt, code, message }) =>
    Promise.resolve({
      ...{ id: stream, lane, since: attemptStartedAt, attempts: 1, nextAttemptAt },
      ...{ escalatedAt: null, code, message, notices: [] },
    }),
  async notifyAdmins({ outageId }) {
    await work('notices', outageId);
    return { recipients: 1 };
  },
  async askFeeds({ stack }) {
    await work('feeds', stack);
    return { feeds: 0, asked: 0, news: 0, nextIn: null };
  },
};

let worker: GitwardWorker;
let running: Promise<void>;
beforeAll(async () => {
  worker = await createWorker({
    temporal: embeddedTemporal(environment.address, environment.namespace ?? 'default'),
    activities: activities as Activities,
    workflows: { bundle: workflowBundle.codePath },
  });
  running = worker.run();
});
afterAll(async () => {
  await worker.stop();
  await running;
  await environment.teardown();
});

const start: Record<QueueName, (name: string) => Promise<unknown>> = {
  mirrors: (projectId) =>
    client.workflow.start('mirrorWorkflow', {
      ...{ taskQueue, workflowId: `mirror/${projectId}/1` },
      args: [{ projectId, branchId: '1', timings }],
    }),
  spaces: (spaceId) =>
    client.workflow.start('spaceWorkflow', {
      ...{ taskQueue, workflowId: `space/${spaceId}` },
      args: [{ spaceId, timings }],
    }),
  operations: (operationId) =>
    client.workflow.start('operationWorkflow', {
      ...{ taskQueue, workflowId: `operation/${operationId}` },
      args: [{ operationId }],
    }),
  checks: (name) => start.operations(`check-${name}`),
  notices: (name) => start.mirrors(`sick-${name}`),
  feeds: (stack) =>
    client.workflow.start('watchWorkflow', {
      ...{ taskQueue, workflowId: `watch/${stack}` },
      args: [{ stack }],
    }),
};

/** Starts a number of a kind; returns their names as {@link work} knows them. */
async function startMany(kind: QueueName, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, () => randomUUID());
  await Promise.all(names.map((name) => start[kind](name)));
  if (kind === 'checks') return names.map((name) => `check-${name}`);
  return kind === 'notices' ? names.map((name) => `mirror/sick-${name}/1`) : names;
}

/** Waits until no more work gets a slot. */
async function untilFull(kind: QueueName): Promise<number> {
  let before = 0;
  for (;;) {
    await sleep(1_000);
    const now = begun[kind].size;
    if (now > 0 && now === before) return now;
    before = now;
  }
}

afterEach(() => {
  hanging = null;
  release();
});

const kinds: QueueName[] = ['mirrors', 'spaces', 'operations', 'checks', 'notices', 'feeds'];

test.each(kinds)(
  'more hanging %s than there are slots do not stop the other kinds',
  async (kind) => {
    for (const each of kinds) begun[each].clear();
    hanging = kind;
    const held = await startMany(kind, flood);
    // Otherwise there would be slots left for the others.
    expect(await untilFull(kind)).toBeLessThan(flood);
    // Notices are about mirrors whose delivery failed; if no delivery ends, there are none.
    const others = kinds.filter(
      (each) => each !== kind && !(kind === 'mirrors' && each === 'notices'),
    );
    const started = await Promise.all(others.map((each) => startMany(each, 5)));
    await vi.waitFor(
      () => {
        for (const [index, each] of others.entries())
          for (const name of started[index] ?? []) expect(done[each]).toContain(name);
      },
      { timeout: 90_000, interval: 100 },
    );
    expect(held.filter((name) => done[kind].has(name))).toEqual([]);
    hanging = null;
    release();
    await vi.waitFor(() => expect(held.filter((name) => !done[kind].has(name))).toEqual([]), {
      timeout: 90_000,
      interval: 100,
    });
  },
);

test('stopping lets running work finish, on every queue', async () => {
  hanging = 'spaces';
  const [name = ''] = await startMany('spaces', 1);
  await vi.waitFor(() => expect(begun.spaces).toContain(name), { timeout: 90_000 });
  const stopped = worker.stop();
  await sleep(300);
  hanging = null;
  release();
  await stopped;
  await running;
  const { raw } = await client.workflow.getHandle(`space/${name}`).describe();
  expect(raw.pendingActivities).toEqual([]);
});
