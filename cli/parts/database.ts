import type { Db } from '../../db/connect.ts';
import { readSchemaState, type SchemaState } from '../../db/migrate.ts';
import { readServerVersion } from '../../db/server.ts';
import { Unavailable } from './prerequisites.ts';

/** The oldest version that Gitward works with. */
export const oldestPostgres = 15;

/** Throws {@link Unavailable} if the database does not answer or is too old. */
export async function requireDatabase(db: Db): Promise<void> {
  let number: number;
  try {
    number = await readServerVersion(db);
  } catch (cause) {
    const { code, message } = cause as { code?: string; message?: string };
    throw new Unavailable(
      `The database does not answer: ${[code, message].filter(Boolean).join(' ')}. Check DATABASE_URL.`,
      { cause },
    );
  }
  const major = Math.floor(number / 10_000);
  if (major < oldestPostgres)
    throw new Unavailable(
      `The database is PostgreSQL ${major}; Gitward needs ${oldestPostgres} or later.`,
    );
}

/** Which migrations the database has. Throws {@link Unavailable} if a newer Gitward has migrated it. */
export async function requireKnownSchema(db: Db): Promise<SchemaState> {
  const state = await readSchemaState(db);
  if (state.unknown.length > 0)
    throw new Unavailable(
      `A newer Gitward has migrated the database: this one does not know ${state.unknown.join(', ')}. ` +
        'Run that version or a later one, or restore a copy of the database from before.',
    );
  return state;
}

/** Throws {@link Unavailable} if the schema is not that of this Gitward. */
export async function requireMigrated(db: Db): Promise<void> {
  const { pending } = await requireKnownSchema(db);
  if (pending.length > 0)
    throw new Unavailable(
      `The database lacks the migrations ${pending.join(', ')}. Run "gitward migrate" first.`,
    );
}
