import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { listProgress, putProgress, removeProgress } from '../../../db/streams/progress.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();
const stream = 'mirror/12345/1000';
const run = { stream, work: 'delivery', startedAt: new Date('2026-11-01T10:00:00Z') } as const;
const reading = { step: 'Reading the project', done: 5, total: 10 };

afterEach(async () => {
  await db.deleteFrom('streamProgress').execute();
});

it('tells how far a run is, as it was stored last, until it is removed', async () => {
  await putProgress(db, run, { ...reading, done: null, total: null });
  await putProgress(db, run, reading);
  expect(await listProgress(db, [stream, 'mirror/12345/2000'])).toEqual(
    new Map([[stream, { ...reading, since: run.startedAt }]]),
  );
  await removeProgress(db, run);
  expect(await listProgress(db, [stream])).toEqual(new Map());
});

it('tells of several works on a stream that which began first', async () => {
  const later = new Date('2026-11-01T10:01:00Z');
  await putProgress(db, { stream, work: 'verification', startedAt: later }, reading);
  await putProgress(db, run, { ...reading, step: 'Rendering the project' });
  await putProgress(db, { stream, work: 'window', startedAt: later }, reading);
  expect((await listProgress(db, [stream])).get(stream)?.step).toBe('Rendering the project');
});

it('leaves what a later run has stored when an earlier one is over', async () => {
  await putProgress(db, run, reading);
  await putProgress(db, { ...run, startedAt: new Date('2026-11-01T10:02:00Z') }, reading);
  await removeProgress(db, run);
  expect(await listProgress(db, [stream])).toHaveLength(1);
});

it('does not tell of work of which nothing has been heard for 30 seconds', async () => {
  await putProgress(db, run, reading);
  const heard = (secondsAgo: number) =>
    db
      .updateTable('streamProgress')
      .set({ updatedAt: sql<Date>`now() - make_interval(secs => ${secondsAgo})` })
      .execute();
  await heard(25);
  expect(await listProgress(db, [stream])).toHaveLength(1);
  await heard(31);
  expect(await listProgress(db, [stream])).toHaveLength(0);
});
