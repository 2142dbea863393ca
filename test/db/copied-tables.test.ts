import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../support/postgres.ts';

/** Tables that are not moved: the snapshots, which are read again from the source, what workers do now and how housekeeping went, and Kysely's own. */
const notCopied = [
  'snapshots',
  'snapshot_configurations',
  'stream_progress',
  'housekeeping',
  'process_disks',
  'kysely_migration',
  'kysely_migration_lock',
];

describe("the runbook's move to another PostgreSQL", async () => {
  const { db } = await testDatabase();
  const runbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const listed = (/^ *tables='([^']*)'$/m.exec(runbook)?.[1] ?? '').split(/\s+/);

  it('copies every table', async () => {
    const { rows } = await sql<{ name: string }>`
      SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(db);
    const tables = rows.map(({ name }) => name).filter((name) => !notCopied.includes(name));
    expect(listed.toSorted()).toEqual(tables.toSorted());
  });

  it('copies a table after those that it references', async () => {
    const { rows } = await sql<{ referring: string; referred: string }>`
      SELECT DISTINCT conrelid::regclass::text AS referring, confrelid::regclass::text AS referred
      FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid`.execute(db);
    const tooEarly = rows.filter(
      ({ referring, referred }) =>
        listed.includes(referring) && listed.indexOf(referring) < listed.indexOf(referred),
    );
    expect(tooEarly).toEqual([]);
  });

  it('can empty the tables of the new database', async () => {
    await sql`TRUNCATE ${sql.join(listed.map((name) => sql.table(name)))}`.execute(db);
  });

  it('sets every sequence', async () => {
    const { rows } = await sql<{ name: string }>`
      SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public'
        AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL`.execute(db);
    const set = (/for table in ([a-z_ ]+); do\n.*setval/.exec(runbook)?.[1] ?? '').split(' ');
    expect(set.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });
});
