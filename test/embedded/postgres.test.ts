import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../support/postgres.ts';

const { db } = await testDatabase();

test('a test file has a migrated database of its own', async () => {
  const rows = await db.selectFrom('installation').selectAll().execute();
  expect(rows).toHaveLength(1);
  const order = await sql<{
    v: string;
  }>`SELECT v FROM (VALUES ('b'), ('B'), ('a')) t (v) ORDER BY v`.execute(db);
  expect(order.rows.map(({ v }) => v)).toEqual(['B', 'a', 'b']);
});
