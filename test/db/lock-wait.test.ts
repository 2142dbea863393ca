import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Trx } from '../../db/connect.ts';
import { isContention, limitLockWait } from '../../db/lock-wait.ts';
import { testDatabase } from '../support/postgres.ts';

const { db } = await testDatabase();

/** Runs two transactions, each of which goes on to its second part when both are done with their first; returns the errors. */
async function together(
  first: (trx: Trx, number: number) => Promise<unknown>,
  second: (trx: Trx, number: number) => Promise<unknown>,
  isolation: 'read committed' | 'repeatable read' = 'read committed',
): Promise<unknown[]> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => (open = resolve));
  const results = await Promise.allSettled(
    [1, 2].map((number) =>
      db
        .transaction()
        .setIsolationLevel(isolation)
        .execute(async (trx) => {
          await first(trx, number);
          arrived += 1;
          if (arrived === 2) open();
          await both;
          await second(trx, number);
        }),
    ),
  );
  return results.flatMap((result): unknown[] =>
    result.status === 'rejected' ? [result.reason] : [],
  );
}

const lock = (trx: Trx, key: number) => sql`SELECT pg_advisory_xact_lock(${key}::int)`.execute(trx);

it('knows the one of two transactions that PostgreSQL ends because they wait for each other', async () => {
  const errors = await together(lock, (trx, number) => lock(trx, 3 - number));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ code: '40P01' });
  expect(errors.every(isContention)).toBe(true);
});

it('knows the one that has read what the other one changes', async () => {
  await sql`CREATE TABLE counted AS SELECT 0 AS count`.execute(db);
  const errors = await together(
    (trx) => sql`SELECT count FROM counted`.execute(trx),
    (trx) => sql`UPDATE counted SET count = count + 1`.execute(trx),
    'repeatable read',
  );
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ code: '40001' });
  expect(errors.every(isContention)).toBe(true);
});

it('does not take a mistake for it', async () => {
  const failing = db.transaction().execute(async (trx) => {
    await limitLockWait(trx);
    await sql`SELECT 1 / 0`.execute(trx);
  });
  expect(isContention(await failing.catch((error: unknown) => error))).toBe(false);
});
