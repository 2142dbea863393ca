import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { stopLeftover } from '../../embedded/pid-file.ts';
import { ensureDatabase, startPostgres } from '../../embedded/postgres.ts';

const prefix = 'gitward-test-';
const template = 'gitward_template';

/** Starts the run's PostgreSQL, with a migrated database as the template of the test files' own. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const directory = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  await chmod(directory, 0o711); // as root, the server's user passes through
  const postgres = await startPostgres({
    directory: join(directory, 'postgres'),
    // Nothing here must outlive a power cut.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '300',
    },
  });
  await ensureDatabase(postgres, template);
  const db = connect({ url: postgres.url(template), onError: () => undefined });
  await migrate(db);
  await db.destroy();
  project.provide('postgresUrl', postgres.url('postgres'));
  project.provide('postgresTemplate', template);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

/** Stops and removes what killed runs have left. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    const directory = join(tmpdir(), name);
    if (isAlive(pid) || (await stat(directory)).uid !== process.getuid?.()) continue;
    await stopLeftover({
      file: join(directory, 'postgres.pid'),
      stopSignal: 'SIGINT',
      stopWithin: 10_000,
    });
    await rm(directory, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
