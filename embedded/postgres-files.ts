import { randomBytes } from 'node:crypto';
import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { canReach, findServerUser, type ServerUser } from './server-user.ts';
import { makeSharedDirectory } from './shared-directory.ts';

/** Where the database's files are, and who owns them. */
export interface PostgresFiles {
  /** Absolute; `directory` itself, or the target of the link. */
  data: string;
  /** The user that the server runs as; `null` is the current user. */
  user: ServerUser | null;
  /** Whether there already is a database. */
  exists: boolean;
}

/**
 * Finds the files of the database at `directory`. If we are root and the server's user cannot reach
 * that directory, a new database goes below {@link sharedDirectory}, and the caller makes
 * `directory` a link to it. Throws if there is a database that cannot be used.
 */
export async function findPostgresFiles(directory: string): Promise<PostgresFiles> {
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  const isRoot = process.getuid?.() === 0;
  if (await isThere(directory)) {
    const data = await realpath(directory).catch((cause: unknown) => {
      throw new Error(
        `${directory} is a link to the database's files, but they do not exist any more. ` +
          'Restore them, or remove the link to start with an empty database.',
        { cause },
      );
    });
    const { uid, gid } = await stat(data);
    if (!isRoot) return { data, user: null, exists: true };
    // The database keeps running as the user who created it: the server insists on owning its
    // files.
    const user = uid === 0 ? await findServerUser() : { uid, gid };
    if (user !== null && !(await canReach(user, data))) {
      throw new Error(
        `The user ${user.uid}, who owns the database in ${data}, can no longer reach it: ` +
          'a directory above it does not let others in. Open it (chmod o+x), or start Gitward as that user.',
      );
    }
    return { data, user, exists: true };
  }
  const user = await findServerUser();
  const wanted = join(await realpath(dirname(directory)), basename(directory));
  if (user === null || (await canReach(user, wanted))) return { data: wanted, user, exists: false };
  const name = `postgres-${randomBytes(6).toString('hex')}`;
  return { data: join(await makeSharedDirectory(), name), user, exists: false };
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    },
  );
}
