import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { JobRun } from '../../../model/platform/job.ts';
import { queueAddress } from '../../../platforms/keboola/source/queue-address.ts';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';

const dispatcher = new Agent();
const { signal } = new AbortController();
const end = new Date('2026-03-01T10:00:00.000Z');
const since = '2026-03-01T00:00:00.000Z';
let api: StorageApi;
beforeEach(async () => {
  api = await startStorageApi();
});
afterEach(() => api.close());
afterAll(() => dispatcher.destroy());

function source() {
  return createKeboolaSource({
    url: api.url,
    token: api.token,
    dispatcher,
    checkUrl: (url) => new URL(url).href,
    limits: { backoff: { base: 1, max: 20 } },
  });
}

async function list(branchId = '1000'): Promise<JobRun[]> {
  const runs: JobRun[] = [];
  for await (const page of source().listJobs(branchId, { since, signal })) runs.push(...page);
  return runs;
}

test('a failed job is read with its reason, tables, rows and the parameters of this run', async () => {
  api.queue.run({
    id: '77',
    runId: '70.77',
    parentRunId: '70',
    status: 'error',
    endsAt: end,
    configRowIds: ['701'],
    configData: { parameters: { '#password': 'clear', limit: 10 } },
    variableValuesData: { values: [{ name: '#key', value: 'clear' }] },
    metrics: { storage: { inputTablesBytesSum: 10 }, backend: { size: null } },
    result: {
      message: 'Table "orders" does not exist.',
      configVersion: '3',
      error: { type: 'user', exceptionId: 'exception-1' },
      input: { tables: [{ id: 'in.c-shop.orders', columns: [{ name: 'id' }, { name: 'day' }] }] },
      output: { tables: [{ id: 'out.c-shop.revenue', columns: [] }, { name: 'without an id' }] },
    },
  });
  expect(await source().readJob('1000', '70.77', { signal })).toEqual({
    runId: '70.77',
    parentRunId: '70',
    componentId: 'keboola.ex-db-mysql',
    configId: '7',
    configVersion: 3,
    rowIds: ['701'],
    status: 'FAILED',
    createdAt: '2026-03-01T09:58:55.000Z',
    startedAt: '2026-03-01T09:59:00.000Z',
    finishedAt: '2026-03-01T10:00:00.000Z',
    author: 'eva@example.com',
    error: { message: 'Table "orders" does not exist.', exceptionId: 'exception-1' },
    inputs: [{ table: 'in.c-shop.orders', columns: ['id', 'day'] }],
    outputs: [{ table: 'out.c-shop.revenue', columns: [] }],
    stateDigest: null,
    artifactLinks: [],
    details: new Map<string, unknown>([
      ['mode', 'run'],
      [
        'configData',
        new Map([
          [
            'parameters',
            new Map<string, unknown>([
              ['#password', 'clear'],
              ['limit', 10],
            ]),
          ],
        ]),
      ],
      [
        'metrics',
        new Map<string, unknown>([
          ['storage', new Map([['inputTablesBytesSum', 10]])],
          ['backend', new Map([['size', null]])],
        ]),
      ],
      ['variableValues', new Map([['#key', 'clear']])],
    ]),
  });
});

test('a list contains only the finished jobs of the branch, page by page', async () => {
  for (let index = 0; index < 450; index += 1)
    api.queue.run({ endsAt: new Date(end.getTime() + index * 1000) });
  api.queue.run({ id: 'running', endTime: null, status: 'processing' });
  api.queue.run({ id: 'other', branchId: '1001', endsAt: end });
  api.queue.run({ id: 'nameless', branchId: null, endsAt: end });
  api.queue.run({ id: 'old', endsAt: new Date('2026-02-01T00:00:00Z') });
  const runs = await list();
  expect(runs).toHaveLength(451);
  expect(runs[0]!.finishedAt).toBe('2026-03-01T10:07:29.000Z');
  expect(runs.map(({ runId }) => runId)).toContain('nameless');
  expect(api.calls.jobs).toBe(3);
  expect((await list('1001')).map(({ runId }) => runId)).toEqual(['other']);
});

test('an odd job does not hide the others', async () => {
  api.queue.run({
    id: 'odd',
    endsAt: end,
    result: { input: 5 },
    configRowIds: 'x',
    token: 7,
  } as object);
  api.queue.run({ id: 'none', endTime: 'yesterday' });
  api.queue.run({ id: 'good', endsAt: end });
  expect((await list()).map(({ runId }) => runId)).toEqual(['odd', 'good']);
});

test('a run that does not exist, is not over or belongs to another branch is not found', async () => {
  api.queue.run({ id: 'running', endTime: null });
  api.queue.run({ id: 'other', branchId: '1001', endsAt: end });
  for (const runId of ['running', 'other', 'unknown'])
    expect(await source().readJob('1000', runId, { signal })).toBeNull();
});

test('a stack without a queue is reported as not found', async () => {
  api.project.index.services = [];
  await expect(list()).rejects.toMatchObject({ code: 'source_not_found' });
});

test('the token is not sent to a host outside of the stack', async () => {
  const other = await startStorageApi({ token: api.token });
  other.queue.run({ endsAt: end });
  api.project.index.services = [{ id: 'queue', url: `${other.url}/svc/queue` }];
  await expect(list()).rejects.toMatchObject({ code: 'address_refused' });
  expect(other.calls.jobs).toBe(0);
  await other.close();
});

test.each([
  ['https://connection.keboola.com', 'https://queue.keboola.com', true],
  ['https://connection.eu.azure.keboola.com', 'https://queue.eu.azure.keboola.com', true],
  ['https://connection.keboola.com', 'https://connection.keboola.com/svc/queue', true],
  ['https://connection.keboola.com', 'https://queue.keboola.com.evil.com', false],
  ['https://connection.keboola.com', 'https://queue.evil.com', false],
  ['https://connection.keboola.com', 'https://evil.keboola.com', false],
  ['https://connection.keboola.com', 'http://queue.keboola.com', false],
  ['https://connection.keboola.com', 'https://queue.keboola.com:8443', false],
  ['https://connection.com', 'https://queue.com', false],
  ['https://keboola.example.com', 'https://queue.example.com', false],
])('with the Storage API at %s, the token may go to %s: %s', (storage, queue, allowed) => {
  const ask = () => queueAddress(new URL(storage), queue, (url) => url).origin;
  if (allowed) expect(ask()).toBe(new URL(queue).origin);
  else expect(ask).toThrow(/not of the same stack/);
});
