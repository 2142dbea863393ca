import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { listDaysToSummarise, putDay, listDays } from '../../../db/mirror/job-days.ts';
import { removeOldJobTables, noteJobTables, listJobTables } from '../../../db/mirror/job-tables.ts';
import {
  countRunsByFolder,
  removeRuns,
  insertRuns,
  listKnownRunIds,
  findLatestRun,
  listOldRuns,
  listRuns,
  listRunsOfDay,
  type StoredRun,
} from '../../../db/mirror/job-runs.ts';
import { createSealer, SealError } from '../../../db/sealing.ts';
import type { JobRun } from '../../../model/platform/job.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();
const sealer = createSealer(randomBytes(32));
const everything = { include: 'all' as const, since: new Date(0), after: '', limit: 100 };

function stored(runId: string, fields: Partial<JobRun> = {}): StoredRun {
  const run: JobRun = {
    runId,
    parentRunId: null,
    componentId: 'keboola.ex-db-mysql',
    configId: '7',
    configVersion: 1,
    rowIds: [],
    status: 'SUCCESS',
    createdAt: null,
    startedAt: '2026-03-01T10:00:00.000Z',
    finishedAt: '2026-03-01T10:01:00.000Z',
    author: null,
    error: null,
    inputs: [],
    outputs: [],
    stateDigest: null,
    artifactLinks: [],
    details: new Map([
      ['10', 'first'],
      ['2', 'second'],
    ]),
    ...fields,
  };
  return { run, path: `jobs/${run.finishedAt.slice(0, 13)}/${runId}.json` };
}

const insert = (stream: string, ...runs: StoredRun[]) =>
  db.transaction().execute((trx) => insertRuns(trx, sealer, stream, runs));

test('a run is read as it was stored, with its keys in order, and its text is not readable in the database', async () => {
  const run = stored('1', { error: { message: 'Very secret reason', exceptionId: null } });
  await insert('as-it-was', run);
  const [read] = await listRuns(db, sealer, 'as-it-was', everything);
  expect(read).toEqual(run);
  expect([...(read!.run.details as Map<string, unknown>).keys()]).toEqual(['10', '2']);
  const row = await db
    .selectFrom('jobRuns')
    .selectAll()
    .where('stream', '=', 'as-it-was')
    .executeTakeFirstOrThrow();
  expect(row.seconds).toBe(60);
  expect(row.body.includes('Very secret reason')).toBe(false);
  const other = createSealer(randomBytes(32));
  await expect(listRuns(db, other, 'as-it-was', everything)).rejects.toThrow(SealError);
});

test('a known run is never overwritten, and runs of other streams are not touched', async () => {
  await insert('known', stored('1'));
  await insert('another', stored('1', { status: 'FAILED' }));
  await insert('known', stored('1', { status: 'CANCELLED' }), stored('2'));
  const read = await listRuns(db, sealer, 'known', everything);
  expect(read.map(({ run }) => [run.runId, run.status])).toEqual([
    ['1', 'SUCCESS'],
    ['2', 'SUCCESS'],
  ]);
  expect(await listKnownRunIds(db, 'known', ['1', '2', '3'])).toEqual(new Set(['1', '2']));
});

test('there may be more runs than a statement takes parameters', async () => {
  const runs = Array.from({ length: 9_000 }, (_, n) => stored(String(n)));
  await insert('many', ...runs);
  const ids = runs.map(({ run }) => run.runId);
  expect((await listKnownRunIds(db, 'many', ids)).size).toBe(9_000);
  await db.transaction().execute((trx) => removeRuns(trx, 'many', ids));
  expect((await listKnownRunIds(db, 'many', ids)).size).toBe(0);
});

test('the last run of a configuration is the one that ended last, or the one with the highest id if two ended at once', async () => {
  const at = (finishedAt: string) => ({ finishedAt });
  await insert(
    'latest',
    stored('9', at('2026-03-01T10:01:00.000Z')),
    stored('20', at('2026-03-01T10:02:00.000Z')),
    stored('3', at('2026-03-01T10:02:00.000Z')),
    stored('5', { configId: null }),
  );
  expect(await findLatestRun(db, 'latest', stored('').run)).toMatchObject({ runId: '3' });
  expect(await findLatestRun(db, 'latest', stored('', { configId: 'x' }).run)).toBeNull();
  const latest = await listRuns(db, sealer, 'latest', { ...everything, include: 'latest' });
  expect(latest.map(({ run }) => run.runId)).toEqual(['3', '5']);
});

test('pages follow each other without a gap, and old runs are found by the time of their end', async () => {
  const runs = Array.from({ length: 25 }, (_, n) =>
    stored(String(n), { finishedAt: new Date(Date.UTC(2026, 2, 1, 10, n)).toISOString() }),
  );
  await insert('pages', ...runs);
  const ids: string[] = [];
  for (let after = ''; ;) {
    const page = await listRuns(db, sealer, 'pages', { ...everything, after, limit: 10 });
    ids.push(...page.map(({ run }) => run.runId));
    if (page.length < 10) break;
    after = page.at(-1)!.run.runId;
  }
  expect(ids.sort()).toEqual(runs.map(({ run }) => run.runId).sort());
  const old = await listOldRuns(db, 'pages', new Date('2026-03-01T10:03:00.000Z'), 2);
  expect(old).toEqual([
    { runId: '0', path: 'jobs/2026-03-01T10/0.json' },
    { runId: '1', path: 'jobs/2026-03-01T10/1.json' },
  ]);
  const counts = await countRunsByFolder(db, 'pages', ['2026-03-01T10:59:00.000Z']);
  expect(counts).toEqual(new Map([['jobs/2026-03-01T10', 25]]));
});

test('days that are over and have no summary are found, in UTC', async () => {
  await insert(
    'days',
    stored('1', { finishedAt: '2026-03-01T23:59:59.999Z' }),
    stored('2', { finishedAt: '2026-03-02T00:00:00.000Z', status: 'FAILED', error: { message: 'No.', exceptionId: null } }),
    stored('3', { finishedAt: '2026-03-03T00:00:00.000Z' }),
  ); // prettier-ignore
  expect(await listDaysToSummarise(db, 'days', '2026-03-03')).toEqual(['2026-03-01', '2026-03-02']);
  await db
    .transaction()
    .execute((trx) =>
      putDay(trx, sealer, 'days', { day: '2026-03-01', summary: new Map([['runs', 1]]) }),
    );
  expect(await listDaysToSummarise(db, 'days', '2026-03-03')).toEqual(['2026-03-02']);
  expect(await listRunsOfDay(db, sealer, 'days', '2026-03-02')).toMatchObject([
    { runId: '2', error: 'No.' },
  ]);
  expect(await listDays(db, sealer, 'days', { after: '', limit: 9 })).toEqual([
    { day: '2026-03-01', summary: new Map([['runs', 1]]) },
  ]);
});

test('a table that runs show is stored once, until no recent run shows it', async () => {
  const shows = (finishedAt: string, ...tables: string[]) =>
    stored('1', { finishedAt, inputs: tables.map((table) => ({ table, columns: [] })) }).run;
  const note = (...runs: JobRun[]) =>
    db.transaction().execute((trx) => noteJobTables(trx, 'tables', runs));
  await note(shows('2026-03-05T00:00:00.000Z', 'in.c-a.b', 'in.c-a.c'));
  await note(shows('2026-03-01T00:00:00.000Z', 'in.c-a.b', 'in.c-a.d'));
  await db
    .transaction()
    .execute((trx) => removeOldJobTables(trx, 'tables', new Date('2026-03-03T00:00:00.000Z')));
  const shown = await listJobTables(db, 'tables');
  expect(shown.map(({ tableId }) => tableId).sort()).toEqual(['in.c-a.b', 'in.c-a.c']);
});
