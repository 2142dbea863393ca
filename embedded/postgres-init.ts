import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresFiles } from './postgres-files.ts';

const run = promisify(execFile);

/** The only role in the embedded database. */
export const postgresRole = 'gitward';

/** What {@link initPostgres} needs. */
export interface InitPostgresOptions {
  files: PostgresFiles;
  /** The path of the database; becomes a link if the files are elsewhere. */
  directory: string;
  initdb: string;
  password: string;
}

/**
 * Creates an empty database: UTF-8, sorted by code point whatever the machine's locale is, SCRAM
 * passwords only. A crash leaves either the complete database or none.
 */
export async function initPostgres(options: InitPostgresOptions): Promise<void> {
  const { files, directory, initdb, password } = options;
  const unfinished = `${files.data}.new`;
  // initdb reads the password as its own user, so this cannot be our own password file.
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
    // It is the same directory under another name (one above it is a link): there is nothing to
    // link.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

/** The environment of the server's programs: nothing of ours. */
export const postgresEnvironment: NodeJS.ProcessEnv = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Throws if the files were written by another major version. */
export async function checkPostgresVersion(data: string, wanted: string): Promise<void> {
  const found = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  if (found === wanted) return;
  throw new Error(
    `The database in ${data} was written by PostgreSQL ${found}, but this Gitward comes with ${wanted}. ` +
      `Migrate it with pg_dump and pg_restore, or use the Gitward version that created it.`,
  );
}
