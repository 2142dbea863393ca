import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL, as a URL of its `postgres` database. */
    postgresUrl: string;
    /** The migrated, empty database that others are copied from. */
    postgresTemplate: string;
  }
}

/** A database that belongs to one test file. */
export interface TestDatabase {
  db: Db;
  /** For parts that connect by themselves. */
  url: string;
  /** Disconnects everyone and drops the database. */
  drop(): Promise<void>;
}

/**
 * A migrated, empty database on the run's server. If this is called at the top level of a test file
 * or a `describe`, the database is dropped after the last test there; call {@link makeDatabase}
 * elsewhere.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await makeDatabase();
  afterAll(() => database.drop());
  return database;
}

/** As {@link testDatabase}, but the caller drops it. */
export async function makeDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${inject('postgresTemplate')}`);
  const url = databaseUrl(inject('postgresUrl'), name);
  const db = connect({ url, onError: () => undefined });
  return {
    db,
    url,
    async drop() {
      await db.destroy();
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** The URL of another database on the same server. */
export function databaseUrl(url: string, name: string): string {
  return url.replace(/\/[^/]*$/, `/${name}`);
}

/** Runs a statement on a server's `postgres` database, by default the run's; returns its rows. */
export async function onServer<Row extends pg.QueryResultRow>(
  statement: string,
  url = inject('postgresUrl'),
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}
