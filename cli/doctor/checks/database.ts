import { readSchemaState } from '../../../db/migrate.ts';
import type { Db } from '../../../db/connect.ts';
import { readServerFacts, type ServerFacts } from '../../../db/diagnosis/server-facts.ts';
import { oldestPostgres } from '../../parts/database.ts';
import { fails, ok, reasonOf, warning, type Check, type Found } from '../check.ts';

/** Whether PostgreSQL answers, is new enough, has the schema of this version, and lets our role do its work. */
export const databaseCheck: Check = {
  name: 'database',
  async look({ db, config }) {
    if (db === null)
      return [
        warning(
          "Gitward's own PostgreSQL does not run, so what is in it was not looked at.",
          'Start it with `gitward start`, and look again meanwhile. Set DATABASE_URL if you have your own.',
        ),
      ];
    let facts: ServerFacts;
    try {
      facts = await readServerFacts(db);
    } catch (error) {
      const where = config.databaseUrl === null ? "Gitward's own PostgreSQL" : 'PostgreSQL';
      return [fails(`${where} cannot be used: ${reasonOf(error)}.`, mendOf(error))];
    }
    return [...serverFindings(facts), ...(await schemaFindings(db))];
  },
};

/** What to do about an error of a connection, by its SQLSTATE or Node's code. */
function mendOf(error: unknown): string {
  const { code = '' } = error as { code?: string };
  if (code === '28P01' || code === '28000')
    return 'Correct the user and the password in DATABASE_URL (escape special characters: %40 for @), or let the role in (pg_hba.conf).';
  if (code === '3D000')
    return 'Create the database (CREATE DATABASE), or correct its name in DATABASE_URL.';
  if (code === '53300')
    return 'Raise max_connections of PostgreSQL, or end what holds its connections.';
  if (code.startsWith('SELF_SIGNED') || code.includes('CERT') || code.includes('VERIFY'))
    return 'Name the authority of its certificate in DATABASE_URL (sslrootcert=…).';
  return 'Start PostgreSQL, and check the host and the port in DATABASE_URL and what is between here and there.';
}

function serverFindings(facts: ServerFacts): Found[] {
  const { version, role, database, isReadOnly, mayCreate, tablesOfOthers, hasUnaccent } = facts;
  const major = Math.floor(version / 10_000);
  const name = `PostgreSQL ${major}.${version % 10_000}`;
  const mayMigrate = mayCreate && tablesOfOthers === 0;
  return [
    major < oldestPostgres
      ? fails(`${name} is too old.`, `Upgrade it to PostgreSQL ${oldestPostgres} or later.`)
      : ok(`${name} answers for the database ${database}.`),
    ...(isReadOnly
      ? [
          fails(
            `The database ${database} takes no writes: it is a replica, or was set to be read only.`,
            'Let DATABASE_URL name the primary server (target_session_attrs does not count), or set default_transaction_read_only to off.',
          ),
        ]
      : []),
    mayMigrate
      ? ok(`The role ${role} may migrate it.`)
      : warning(
          `The role ${role} may not migrate the database: ${mayCreate ? `${tablesOfOthers} tables belong to others` : 'it may create no tables in its schema'}.`,
          `Run \`gitward migrate\` as the owner of the tables, or give them and the right to create to ${role}.`,
        ),
    ...(hasUnaccent
      ? []
      : [
          fails(
            'PostgreSQL lacks the extension unaccent, which migrations need.',
            'Install the contributed modules of PostgreSQL (postgresql-contrib).',
          ),
        ]),
  ];
}

async function schemaFindings(db: Db): Promise<Found[]> {
  const { applied, pending, unknown } = await readSchemaState(db);
  if (unknown.length > 0)
    return [
      fails(
        `A newer Gitward has migrated the database: this one does not know ${unknown.join(', ')}.`,
        'Install the version that migrated it, or a later one; or restore a copy from before.',
      ),
    ];
  if (pending.length > 0)
    return [
      fails(
        applied.length === 0
          ? 'The database has no tables of Gitward yet.'
          : `The database lacks the migrations ${pending.join(', ')}.`,
        'Run `gitward migrate` (`gitward start` does it by itself).',
      ),
    ];
  return [ok(`Its schema is that of this version (${applied.at(-1) ?? 'empty'}).`)];
}
