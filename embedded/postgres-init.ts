import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresFiles } from './postgres-files.ts';

const run = promisify(execFile);

/** The one role of the embedded database. */
export const postgresRole = 'gitward';

/** What {@link initPostgres} needs. */
export interface InitPostgresOptions {
  files: PostgresFiles;
  /** What the database is known as; becomes a link where the files are elsewhere. */
  directory: string;
  initdb: string;
  password: string;
}

/**
 * Makes an empty database: UTF-8, sorted by code point whatever the machine's locale is, SCRAM
 * passwords only. Whole or not there: a crash leaves no half of it.
 */
export async function initPostgres(options: InitPostgresOptions): Promise<void> {
  const { files, directory, initdb, password } = options;
  const unfinished = `${files.data}.new`;
  // initdb reads the password as its own user, so this cannot be the file that we keep.
  const passwordFile = `${files.data}.new-password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  try {
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (files.user !== null) {
      await chown(unfinished, files.user.uid, files.user.gid);
      await chown(passwordFile, files.user.uid, files.user.gid);
    }
    await run(
      initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${postgresRole}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
      ],
      { cwd: '/', env: postgresEnvironment, ...(files.user ?? {}) },
    );
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() ?? '';
    await rm(unfinished, { recursive: true, force: true });
    throw new Error(`The embedded PostgreSQL could not be set up in ${files.data}. ${said}`, {
      cause,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, files.data);
  if (files.data !== directory) await linkTo(files.data, directory);
}

async function linkTo(data: string, directory: string): Promise<void> {
  await symlink(data, directory).catch((error: unknown) => {
    // The same directory under another name (a link above it): nothing to link.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

/** What the server's programs see of our environment: nothing. */
export const postgresEnvironment: NodeJS.ProcessEnv = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Throws where the files are another major version's. */
export async function checkPostgresVersion(data: string, wanted: string): Promise<void> {
  const found = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  if (found === wanted) return;
  throw new Error(
    `The database in ${data} was written by PostgreSQL ${found}, and this Gitward brings ${wanted}. ` +
      `Move it with pg_dump and pg_restore, or run it with the Gitward that made it.`,
  );
}
