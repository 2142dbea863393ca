import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { requireKnownSchema, requireMigrated } from '../../cli/parts/database.ts';
import { connect } from '../../db/connect.ts';
import { migrate, readSchemaState } from '../../db/migrate.ts';
import { databaseUrl, onServer } from '../support/postgres.ts';

const name = `test_${randomUUID().replaceAll('-', '')}`;
const url = databaseUrl(inject('postgresUrl'), name);
const db = connect({ url, onError: () => undefined });

beforeAll(() => onServer(`CREATE DATABASE ${name}`));
afterAll(async () => {
  await db.destroy();
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

it('says before what it will do, and runs each migration once, however many start at the same time', async () => {
  const before = await requireKnownSchema(db);
  expect(before).toMatchObject({ applied: [], unknown: [] });
  await expect(requireMigrated(db)).rejects.toThrow('lacks the migrations 0001-mirror, ');
  const starters = Array.from({ length: 6 }, () => connect({ url, onError: () => undefined }));
  try {
    const ran = await Promise.all(starters.map((starter) => migrate(starter)));
    expect(ran.flat().sort()).toEqual(before.pending);
  } finally {
    await Promise.all(starters.map((starter) => starter.destroy()));
  }
  expect(await readSchemaState(db)).toEqual({ applied: before.pending, pending: [], unknown: [] });
  await requireMigrated(db);
});

it('of a newer Gitward is refused, and left as it is', async () => {
  await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-of-tomorrow', 'now')`.execute(
    db,
  );
  const refusal =
    'A newer Gitward has migrated the database: this one does not know 9999-of-tomorrow.';
  await expect(requireKnownSchema(db)).rejects.toThrow(refusal);
  await expect(requireMigrated(db)).rejects.toThrow(refusal);
  // Whoever does not ask before does no harm either.
  await expect(migrate(db)).rejects.toThrow('9999-of-tomorrow');
  expect((await readSchemaState(db)).unknown).toEqual(['9999-of-tomorrow']);
});
