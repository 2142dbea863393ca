import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Database } from './schema/database.ts';

/** The database: a pool, or (where it does not matter which) a transaction on it. */
export type Db = Kysely<Database>;

/** A transaction, for what must not be done outside of one. */
export type Trx = Transaction<Database>;

// Numbers of changes and batches stay far below 2^53; a string would compare wrongly.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** What {@link connect} needs. */
export interface ConnectOptions {
  /** A PostgreSQL connection URL (version 15 or later). */
  url: string;
  /** Connections at most; 10 unless told. */
  poolSize?: number;
  /** Told of connections that are lost (a restarted server), maybe twice; the pool replaces them by itself. */
  onError: (error: Error) => void;
}

/** Opens a pool; nothing is connected until the first query. End it with `destroy()`. */
export function connect({ url, poolSize = 10, onError }: ConnectOptions): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types,
    connectionTimeoutMillis: 10_000,
    // A statement that takes longer is a defect; it must not hold locks for ever.
    statement_timeout: 120_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'gitward',
    // A failover or a firewall that drops connections without a word is noticed while they idle.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  pool.on('error', onError);
  // The pool hears only of idle connections; one that is lost while it is held would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    // Tables and columns are snake_case in the database and camelCase here; the keys of JSON stay as they are.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
