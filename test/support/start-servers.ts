import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { TestProject } from 'vitest/node';
import { connect } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { stopLeftover } from '../../embedded/pid-file.ts';
import { ensureDatabase, startPostgres, type EmbeddedPostgres } from '../../embedded/postgres.ts';
import { createNamespaceSequence, namespaces } from './namespaces.ts';
import { onServer } from './postgres.ts';
import { devServerEnvironment } from './temporal.ts';

const prefix = 'gitward-test-';
const template = 'gitward_template';

/**
 * Builds what tests start as processes, and starts the run's PostgreSQL, with a migrated database as the template for
 * the databases of test files, and the run's Temporal server.
 */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const directory = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  await chmod(directory, 0o711); // when run as root, the user of the server needs to enter the directory
  const [postgres, temporal] = await Promise.all([
    startDatabase(join(directory, 'postgres')),
    startTemporal(),
    promisify(execFile)('npm', ['run', 'build', '--silent']),
  ]);
  project.provide('postgresUrl', postgres.url('postgres'));
  project.provide('postgresTemplate', template);
  project.provide('temporalAddress', temporal.address);
  return async () => {
    await Promise.all([postgres.stop(), temporal.teardown()]);
    await rm(directory, { recursive: true, force: true });
  };
}

async function startDatabase(directory: string): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({
    directory,
    // This data does not have to survive a power cut.
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
  await onServer(createNamespaceSequence, postgres.url('postgres'));
  return postgres;
}

function startTemporal(): Promise<TestWorkflowEnvironment> {
  return devServerEnvironment(namespaces.flatMap((name) => ['--namespace', name]));
}

/** Stops and removes what killed runs have left behind. */
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
