import { sql } from 'kysely';
import type { Db } from '../connect.ts';

/** What a database server says about itself and about our role there. */
export interface ServerFacts {
  /** Such as 160004 for PostgreSQL 16.4. */
  version: number;
  /** The server's clock, when it answered. */
  now: Date;
  role: string;
  database: string;
  /** Whether it takes no writes: a replica, or a database that was set so. */
  isReadOnly: boolean;
  /** Whether our role may create tables. */
  mayCreate: boolean;
  /** How many of our tables belong to a role that ours is no member of, so that it may not change them. */
  tablesOfOthers: number;
  /** Whether the extension that Gitward needs is there, or could be created. */
  hasUnaccent: boolean;
}

/** Reads the {@link ServerFacts}; rejects if the server does not answer. */
export async function readServerFacts(db: Db): Promise<ServerFacts> {
  const { rows } = await sql<ServerFacts>`
    SELECT current_setting('server_version_num')::int AS version,
      clock_timestamp() AS now,
      current_user AS role,
      current_database() AS database,
      pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS "isReadOnly",
      coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
      (SELECT count(*)::int FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
          AND NOT pg_has_role(relowner, 'USAGE')) AS "tablesOfOthers",
      EXISTS (SELECT FROM pg_available_extensions WHERE name = 'unaccent') AS "hasUnaccent"`.execute(
    db,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error('The database server says nothing about itself.');
  return facts;
}
