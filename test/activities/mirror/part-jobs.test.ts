import { randomBytes } from 'node:crypto';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { ActivityDependencies } from '../../../activities/streams/dependencies.ts';
import { jobsPart } from '../../../activities/mirror/parts/part-jobs.ts';
import type { PartContext, PartOutcome } from '../../../activities/mirror/parts/tree-part.ts';
import { judgeEvent } from '../../../platforms/events/judge-event.ts';
import { acceptChanges } from '../../../db/mirror/change-events.ts';
import { listJobTables } from '../../../db/mirror/job-tables.ts';
import { findMirror, putMirror, type Mirror } from '../../../db/mirror/mirrors.ts';
import { insertProject } from '../../../db/mirror/projects.ts';
import { updateRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { createSealer } from '../../../db/sealing.ts';
import { listWaitingChanges } from '../../../db/mirror/waiting-changes.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { JobsPolicy } from '../../../model/mirror/mirror.ts';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import { testDatabase } from '../../support/postgres.ts';
import type { JobFinished, NewJob } from '../../../examples/storage-api/queue-api.ts';
import { smallProject } from '../../../examples/storage-api/data.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';

const { db } = await testDatabase();
const sealer = createSealer(randomBytes(32));
const dispatcher = new Agent();
const { signal } = new AbortController();
const now = new Date('2026-03-10T12:00:00.000Z');
const hour = 3_600_000;
const day = 24 * hour;
let project = 0;
let api: StorageApi;
let files: Map<string, string>;
let policy: JobsPolicy;

beforeEach(async () => {
  project += 1;
  api = await startStorageApi({ project: smallProject({ id: project }) });
  files = new Map();
  policy = { enabled: true, retainDays: 30, include: 'all', backfillDays: 7 };
  const source = { kind: 'keboola' as const, url: api.url, token: api.token };
  await insertProject(db, sealer, { id: api.projectId, name: 'Shop', source, ownedFolders: [] });
  await db.transaction().execute((trx) =>
    putMirror(trx, key(), {
      repository: { url: `https://git.example/${project}.git`, branch: 'main', subdirectory: '', credentialId: null },
      policy: {} as Mirror['policy'],
      adopt: false,
    }),
  ); // prettier-ignore
});
afterEach(() => api.close());
afterAll(() => dispatcher.destroy());

const key = () => ({ projectId: api.projectId, branchId: '1000' });

async function context(scope: PartContext['scope'], asOf: Date): Promise<PartContext> {
  const row = (await findMirror(db, key()))!;
  return {
    // The part does not use the other dependencies.
    deps: { db, sealer } as unknown as ActivityDependencies,
    row: { ...row, policy: { ...row.policy, secrets: 'encrypted', jobs: policy } },
    platform: { parts: ['jobs'] },
    source: createKeboolaSource({
      url: api.url,
      token: api.token,
      dispatcher,
      checkUrl: (url) => new URL(url).href,
      limits: { attempts: 1 },
    }),
    execution: { signal, step: () => undefined },
    changes: await listWaitingChanges(db, key()),
    scope,
    storage: null,
    asOf,
  };
}

async function filesOf(outcome: PartOutcome): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { path, content } of outcome.files)
    found.set(path, Buffer.from(content).toString());
  return found;
}

/** Does what a window does with a part; returns the files written and removed. */
async function window(
  scope: PartContext['scope'] = 'window',
  { asOf = now, lost = false }: { asOf?: Date; lost?: boolean } = {},
) {
  const used = await context(scope, asOf);
  const outcome = await jobsPart(used);
  const found = await filesOf(outcome);
  const written = [...found].filter(([path, text]) => files.get(path) !== text);
  const removed =
    scope === 'everything'
      ? [...files.keys()].filter((path) => !found.has(path))
      : outcome.removed.map(({ path }) => path);
  if (!lost) {
    await db.transaction().execute(async (trx) => {
      const entries = outcomeEntries([...found.keys()]);
      await updateRenderedFiles(trx, mirrorStream(key()), {
        written: entries,
        removed: outcomeEntries(removed),
      });
      await outcome.keep(trx);
    });
    for (const path of removed) files.delete(path);
    for (const [path, text] of written) files.set(path, text);
  }
  return {
    written: written.map(([path]) => path).sort(),
    removed: removed.sort(),
    warnings: outcome.warnings.map(({ message }) => message),
    replacedSecrets: outcome.replacedSecrets,
  };
}

const outcomeEntries = (paths: string[]) =>
  paths.map((path) => ({
    path,
    blobId: '0'.repeat(40),
    owner: `job/1000/${path.slice(path.lastIndexOf('/') + 1, -'.json'.length)}`,
  }));

async function accept(
  ...events: (JobFinished & { stateDigest?: string; artifactLinks?: string[] })[]
): Promise<void> {
  const incoming = events.map((event) => {
    const judged = judgeEvent(event, now);
    if (judged.kind === 'invalid') throw new Error(judged.message);
    const { change, incarnation } = judged;
    return { change, incarnation, body: Buffer.from(JSON.stringify(event)) };
  });
  await acceptChanges(db, sealer, key(), incoming);
}

const ended = (ago: number, fields: NewJob = {}) =>
  api.queue.run({ endsAt: new Date(now.getTime() - ago), ...fields });
const parsed = (path: string) => JSON.parse(files.get(path) ?? '{}') as Record<string, unknown>;

test('an event and the Queue API make one file: the platform gives the reason, the event the digest', async () => {
  const event = ended(hour, {
    id: '9001',
    status: 'error',
    result: { message: 'No such table.', input: { tables: [{ id: 'in.c-shop.orders' }] } },
  });
  const stateDigest = 'A'.repeat(64);
  await accept({ ...event, stateDigest, artifactLinks: ['https://a.example/x?sig=1'] });
  expect(await window()).toEqual({
    written: ['jobs/2026/03/10/11/9001.json'],
    removed: [],
    warnings: [],
    replacedSecrets: [],
  });
  expect(parsed('jobs/2026/03/10/11/9001.json')).toMatchObject({
    status: 'FAILED',
    error: { message: 'No such table.' },
    inputs: [{ table: 'in.c-shop.orders' }],
    stateDigest: 'a'.repeat(64),
    artifactLinks: ['https://a.example/x'],
  });
  expect(await listJobTables(db, mirrorStream(key()))).toEqual([
    { componentId: 'keboola.ex-db-mysql', configId: '7', direction: 'read', tableId: 'in.c-shop.orders' },
  ]); // prettier-ignore
  // A known run is never read or written again, whatever the platform says later.
  api.resetCalls();
  api.queue.jobs[0]!.status = 'success';
  expect((await window()).written).toEqual([]);
  expect(api.calls.job + api.calls.jobs).toBe(0);
  expect((await window('catch-up')).written).toEqual([]);
});

test('a window that is lost is repeated with the same result', async () => {
  await accept(ended(hour), ended(2 * hour));
  const lost = await window('window', { lost: true });
  expect(await window()).toEqual(lost);
  expect(lost.written).toHaveLength(2);
});

test('many runs in one window are read from the list: one call per page, not per run', async () => {
  const events = Array.from({ length: 300 }, (_, n) => ended(n * 1000));
  await accept(...events);
  api.resetCalls();
  expect((await window()).written).toHaveLength(300);
  expect(api.calls).toMatchObject({ jobs: 2, job: 0 });
});

test('the first reading looks back a number of days, and a catch-up finds runs that no event reported', async () => {
  ended(3 * day);
  ended(20 * day);
  expect((await window('everything')).written).toEqual([
    'jobs/2026/03/07/12/5001.json',
    'jobs/2026/03/07/summary.json',
  ]);
  ended(60_000);
  api.resetCalls();
  expect((await window('window')).written).toEqual([]);
  expect(api.calls.jobs).toBe(0);
  expect((await window('catch-up')).written).toEqual(['jobs/2026/03/10/11/5003.json']);
});

test('a queue that is unreachable, refuses the token or does not exist does not stop the rest', async () => {
  await accept(ended(hour));
  for (const status of [503, 403, 404]) {
    api.disturb({ endpoint: 'job', status });
    api.disturb({ endpoint: 'jobs', status });
    const { written, warnings } = await window('catch-up', { lost: true });
    expect(written).toHaveLength(1);
    expect(warnings).toEqual([expect.stringMatching(/^Job runs come only from events: /)]);
    api.recover();
  }
  // Runs that could not be listed are listed as soon as the queue is back.
  ended(2 * hour);
  expect((await window('catch-up')).written).toHaveLength(2);
});

test('files that are too old are removed at midnight, and the summary is kept', async () => {
  ended(3 * day);
  ended(2 * day);
  await window('everything');
  policy = { ...policy, retainDays: 2 };
  expect((await window()).removed).toEqual(['jobs/2026/03/07/12/5001.json']);
  expect((await window()).removed).toEqual([]);
  const late = new Date('2026-03-10T23:59:00.000Z');
  expect((await window('catch-up', { asOf: late })).removed).toEqual([]);
  const next = new Date('2026-03-11T00:01:00.000Z');
  expect((await window('catch-up', { asOf: next })).removed).toEqual([
    'jobs/2026/03/08/12/5002.json',
  ]);
  expect([...files.keys()].sort()).toEqual([
    'jobs/2026/03/07/summary.json',
    'jobs/2026/03/08/summary.json',
  ]);
  expect((await window('everything', { asOf: next })).removed).toEqual([]);
});

test('a day gets its summary once it is over, and a late run is added to it', async () => {
  ended(hour);
  await window('everything');
  const half = new Date('2026-03-11T00:30:00.000Z');
  const over = new Date('2026-03-11T01:30:00.000Z');
  expect((await window('catch-up', { asOf: half })).written).toEqual([]);
  expect((await window('window', { asOf: over })).written).toEqual([
    'jobs/2026/03/10/summary.json',
  ]);
  expect((await window('window', { asOf: over })).written).toEqual([]);
  await accept(ended(2 * hour, { status: 'error', result: { message: 'Late.' } }));
  expect((await window('window', { asOf: over })).written).toEqual([
    'jobs/2026/03/10/10/5002.json',
    'jobs/2026/03/10/summary.json',
  ]);
  expect(parsed('jobs/2026/03/10/summary.json')).toMatchObject({
    runs: 2,
    byStatus: { FAILED: 1, SUCCESS: 1 },
    failures: [{ runId: '5002', error: 'Late.' }],
  });
});

test('only failures are kept if the policy says so', async () => {
  policy = { ...policy, include: 'failures' };
  ended(hour);
  ended(2 * hour, { status: 'error' });
  ended(3 * hour, { status: 'warning' });
  const failures = ['jobs/2026/03/10/09/5003.json', 'jobs/2026/03/10/10/5002.json'];
  expect((await window('everything')).written).toEqual(failures);
  expect(await window('everything')).toMatchObject({ written: [], removed: [] });
  policy = { ...policy, include: 'all' };
  expect((await window('everything')).written).toEqual(['jobs/2026/03/10/11/5001.json']);
});

test('only the last run of each configuration is kept: a newer one replaces an older one', async () => {
  policy = { ...policy, include: 'latest' };
  ended(3 * hour);
  ended(2 * hour);
  ended(2 * hour, { config: '8' });
  expect((await window('everything')).written).toEqual([
    'jobs/2026/03/10/10/5002.json',
    'jobs/2026/03/10/10/5003.json',
  ]);
  await accept(ended(hour));
  expect(await window()).toMatchObject({
    written: ['jobs/2026/03/10/11/5004.json'],
    removed: ['jobs/2026/03/10/10/5002.json'],
  });
  // A run that ended earlier is recorded, but gets no file.
  await accept(ended(90 * 60_000));
  expect(await window()).toMatchObject({ written: [], removed: [] });
  const before = new Map(files);
  expect(await window('everything')).toMatchObject({ written: [], removed: [] });
  expect(files).toEqual(before);
});

test('a full render uses the stored runs, to the byte', async () => {
  for (let n = 0; n < 1_100; n += 1)
    ended(n * 60_000, { status: n % 7 === 0 ? 'error' : 'success' });
  await window('everything');
  expect(files.size).toBeGreaterThan(1_100);
  api.queue.jobs.length = 0;
  expect(await window('everything')).toMatchObject({ written: [], removed: [] });
});

test('a secret in a run is left out and reported', async () => {
  ended(hour, { configData: { parameters: { '#password': 'clear' } } });
  const { replacedSecrets } = await window('everything');
  expect(replacedSecrets).toEqual([
    { path: 'jobs/2026/03/10/11/5001.json', pointer: '/details/configData/parameters/#password' },
  ]);
});

test('nothing is read or written if job runs are off', async () => {
  ended(hour);
  policy = { ...policy, enabled: false };
  expect((await window('everything')).written).toEqual([]);
  expect(api.calls.jobs).toBe(0);
});

test('the cost of a window does not grow with the number of known runs', async () => {
  await db
    .insertInto('jobRuns')
    .values({ stream: 'other', runId: '1', finishedAt: now, componentId: 'c', configId: '', status: 'SUCCESS', seconds: 1, path: 'x', body: Buffer.from('') })
    .execute(); // prettier-ignore
  await accept(ended(hour));
  await window();
  // The bodies are unreadable, so a window that reads known runs fails here.
  await db
    .updateTable('jobRuns')
    .set({ body: Buffer.from('') })
    .where('stream', '=', mirrorStream(key()))
    .execute();
  await deliverAll();
  await accept(ended(hour));
  expect((await window('catch-up')).written).toHaveLength(1);
});

async function deliverAll(): Promise<void> {
  const waiting = await listWaitingChanges(db, key());
  await db
    .updateTable('changeEvents')
    .set({ deliveredAt: now })
    .where('projectId', '=', api.projectId)
    .execute();
  expect(waiting.length).toBeGreaterThan(0);
}
