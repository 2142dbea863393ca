import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { tablesOfStreams } from '../../../db/mirror/projects.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();

test('removing a project removes everything stored for its streams, in every table that has streams', async () => {
  const { rows } = await sql<{ tableName: string }>`
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'stream'`.execute(db);
  // Notices refer to outages and are removed with them.
  const known = [...tablesOfStreams, 'outages'].map((name) =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  expect(known.sort()).toEqual(rows.map(({ tableName }) => tableName).sort());
});
