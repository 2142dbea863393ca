import type { Db } from '../../db/connect.ts';
import { listPendingMigrations } from '../../db/migrate.ts';
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

/** Throws {@link Unavailable} if the schema is older than this Gitward. */
export async function requireMigrated(db: Db): Promise<void> {
  const pending = await listPendingMigrations(db);
  if (pending.length > 0)
    throw new Unavailable(
      `The database lacks the migrations ${pending.join(', ')}. Run "gitward migrate" first.`,
    );
}
