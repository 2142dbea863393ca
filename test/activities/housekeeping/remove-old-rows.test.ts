import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { removeOldRows } from '../../../activities/housekeeping/remove-old-rows.ts';
import { defaultRetention } from '../../../model/housekeeping/retention.ts';
import { testDatabase } from '../../support/postgres.ts';
import { count, insertMirrors, insertYearOfChanges } from '../../db/housekeeping/a-year.ts';

const { db } = await testDatabase();
const deps = { db, retention: defaultRetention };
const all = 2 * 365 * 10;
const kept = 2 * 90 * 10;

beforeEach(async () => {
  await sql`TRUNCATE projects, batches CASCADE`.execute(db);
  await insertMirrors(db, 2);
  await insertYearOfChanges(db, { every: 24, changes: 10 });
});

it('ends in the middle when it is told to, and goes on from nothing but the database', async () => {
  const stopping = new AbortController();
  const first = removeOldRows(
    deps,
    { kind: 'changes', cursor: null },
    {
      signal: stopping.signal,
      step: () => stopping.abort(),
    },
  );
  await expect(first).rejects.toThrow('aborted');
  const left = await count(db, 'change_events');
  expect(left).toBeLessThan(all);
  expect(left).toBeGreaterThan(kept);
  const told: number[] = [];
  const second = await removeOldRows(
    deps,
    { kind: 'changes', cursor: null },
    {
      signal: new AbortController().signal,
      step: (_step, amount) => told.push(amount?.done ?? 0),
    },
  );
  expect(second).toEqual({ removed: left - kept, cursor: null });
  expect(told.at(-1)).toBe(left - kept);
  expect(await count(db, 'change_events')).toBe(kept);
});

it('removes nothing of what is kept for ever', async () => {
  const { signal } = new AbortController();
  const removed = await removeOldRows(
    { db, retention: { ...defaultRetention, changes: null } },
    { kind: 'changes', cursor: null },
    { signal, step: () => undefined },
  );
  expect(removed).toEqual({ removed: 0, cursor: null });
  expect(await count(db, 'change_events')).toBe(all);
});

it('tries smaller portions when one takes too long, and fails if the smallest does', async () => {
  const { signal } = new AbortController();
  const run = () =>
    removeOldRows(deps, { kind: 'changes', cursor: null }, { signal, step: () => undefined });
  // What PostgreSQL says of a statement that took too long.
  const refuseFrom = (rows: number) =>
    sql`
    CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT count(*) FROM gone) > ${sql.lit(rows)} THEN RAISE USING ERRCODE = '57014', MESSAGE = 'too long'; END IF;
      RETURN NULL; END $$`.execute(db);
  await refuseFrom(100);
  await sql`CREATE TRIGGER refuse AFTER DELETE ON change_events REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION refuse()`.execute(
    db,
  );
  try {
    expect((await run()).removed).toBe(all - kept);
    await insertMore();
    await refuseFrom(1);
    await expect(run()).rejects.toThrow('too long');
  } finally {
    await sql`DROP FUNCTION refuse() CASCADE`.execute(db);
  }
});

async function insertMore(): Promise<void> {
  await sql`UPDATE change_events SET delivered_at = delivered_at - interval '1 year'`.execute(db);
}
