import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user that servers run as when we are root. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * Users that may run PostgreSQL for us, in order of preference. The first one is created if neither
 * exists.
 */
const names = ['gitward', 'postgres'] as const;

/**
 * The user that PostgreSQL runs as: `null` (the current user) unless we are root, as which
 * PostgreSQL refuses to run. Then it is the user `gitward` or `postgres`; if neither exists,
 * `gitward` is created, without a home or a shell. Throws if that is not possible.
 */
export async function findServerUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of names) {
    const user = await lookUp(name);
    if (user !== null) return user;
  }
  const [name] = names;
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/bin/false',
      name,
    ]);
  } catch (cause) {
    throw new Error(
      `PostgreSQL does not run as root, and the user "${name}" could not be created for it. ` +
        'Create that user, start Gitward as another user, or set DATABASE_URL.',
      { cause },
    );
  }
  const made = await lookUp(name);
  if (made === null) throw new Error(`The user "${name}" was created, but "id" does not know it.`);
  return made;
}

async function lookUp(name: string): Promise<ServerUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    // id exits with 1 if there is no such user.
    if ((error as { code?: unknown }).code === 1) return null;
    throw error;
  }
}

/** Whether `user` may pass through every directory above `path` (absolute, without links). */
export async function canReach(user: ServerUser, path: string): Promise<boolean> {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    const { mode, uid, gid } = await stat(directory);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (directory === dirname(directory)) return true;
  }
}
