import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Database } from './schema/database.ts';

/** The database: a pool or, where it makes no difference, a transaction on it. */
export type Db = Kysely<Database>;

/** A transaction, for what must not run outside one. */
export type Trx = Transaction<Database>;

// The numbers of changes and batches stay far below 2^53, and strings would compare wrongly.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** What {@link connect} needs. */
export interface ConnectOptions {
  /** A PostgreSQL connection URL (version 15 or later). */
  url: string;
  /** The maximum number of connections; defaults to 10. */
  poolSize?: number;
  /**
   * Called when a connection is lost (the server restarted), possibly twice. The pool replaces lost
   * connections itself.
   */
  onError: (error: Error) => void;
}

/** Opens a pool. It connects on the first query. Close it with `destroy()`. */
export function connect({ url, poolSize = 10, onError }: ConnectOptions): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types,
    connectionTimeoutMillis: 10_000,
    // A statement that takes longer is a bug, and must not hold its locks forever.
    statement_timeout: 120_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'gitward',
    // Detects idle connections that a failover or a firewall dropped silently.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  pool.on('error', onError);
  // The pool handles errors only on idle connections: if one is lost while it is in use, the error
  // would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    // Tables and columns are snake_case in the database and camelCase here. The keys inside JSON
    // values stay as they are.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
