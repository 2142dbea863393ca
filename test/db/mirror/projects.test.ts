import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { tablesOfStreams } from '../../../db/mirror/projects.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();

test('a project that is removed takes along what is kept of its streams, in every table that has them', async () => {
  const { rows } = await sql<{ table_name: string }>`
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'stream'`.execute(db);
  // Notices refer to outages, which are removed with them.
  expect([...tablesOfStreams, 'outages'].sort()).toEqual(
    rows.map(({ table_name }) => table_name).sort(),
  );
});
