import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../../config.ts';
import { createBareRepository } from '../../../git/bare-repository.ts';
import { createApiClient, type ApiClient } from '../../client/api-client.ts';
import { bringUp } from './run-start.ts';
import { finished, runUntilStopped } from '../../running/run-until-stopped.ts';
import { createTerminal, type Terminal } from '../../running/terminal.ts';

/** Shows the real way of a change, with short clocks; answers the exit code. */
export async function runDemo(config: Config): Promise<number> {
  const terminal = createTerminal();
  const { startedByNpm } = config;
  const demo = demoConfig(config);
  return runUntilStopped({ terminal, startedByNpm }, async (running, signal) => {
    terminal.progress('Starting an installation for the demo …');
    const { url, secrets } = await bringUp(demo, terminal, running, signal);
    const client = createApiClient({ url, token: secrets.adminToken });
    await tell({ client, terminal, signal, directory: demo.dataDir });
    return finished;
  });
}

/** An installation of its own, beside one that may be running: other files, other ports, short clocks. */
function demoConfig(config: Config): Config {
  return {
    ...config,
    dataDir: join(config.dataDir, 'demo'),
    port: 0,
    host: '127.0.0.1',
    databaseUrl: null,
    databaseDirectUrl: null,
    temporalAddress: null,
    temporalNamespace: 'default',
    masterKey: null,
    adminToken: null,
    timings: {
      window: 1_000,
      retryInterval: 1_000,
      escalateAfter: 3_600_000,
      catchUpInterval: 3_600_000,
      saveWindow: 1_000,
      pollInterval: 60_000,
    },
    allowFileRepositories: true,
    smtpUrl: null,
    logLevel: 'error',
  };
}

interface Stage {
  client: ApiClient;
  terminal: Terminal;
  signal: AbortSignal;
  directory: string;
}

const eva = 'eva@example.com';
const jan = 'Jan Novák';
const samples = { enabled: true, rows: 10, mask: { columns: ['*:email'] } };

/** The story: enable, change, lose the repository, get it back, look. */
async function tell(stage: Stage): Promise<void> {
  const { client, terminal } = stage;
  const id = `demo-${Date.now().toString(36)}`;
  const repository = await createBareRepository(join(stage.directory, `${id}.git`));
  const mirror = `/v1/projects/${id}/mirrors/default`;

  terminal.print('\n1. A project and its mirror\n');
  await client.send('POST', '/v1/projects', {
    id,
    name: 'Sample shop',
    source: { kind: 'sample' },
  });
  const url = pathToFileURL(repository.directory).href;
  await client.send('PUT', mirror, {
    repository: { url, branch: 'main' },
    samples,
  });
  await until(stage, mirror, ({ state }) => state === 'synced');
  terminal.print(`   The whole project is a commit in ${repository.directory}`);

  terminal.print('\n2. Two people change it in the same window\n');
  await change(stage, id, eva, 'keboola.snowflake-transformation', '1003', 'Count returns as well');
  await change(stage, id, jan, 'keboola.wr-db-mysql', '1006', 'Write the new column');
  await until(stage, mirror, isDone);
  terminal.print('   One commit, both authors.');

  terminal.print('\n3. The repository is away\n');
  const hidden = `${repository.directory}.away`;
  await rename(repository.directory, hidden);
  await change(stage, id, jan, 'keboola.python-transformation-v2', '1004', 'Days, not weeks');
  await until(
    stage,
    mirror,
    ({ state, waitingBatches }) => state === 'retrying' && waitingBatches === 1,
  );
  await change(stage, id, eva, 'keboola.ex-db-mysql', '1001', 'Fetch more at once');
  const { outage } = await until(stage, mirror, ({ waitingBatches }) => waitingBatches === 2);
  terminal.print(`   Two windows wait. ${outage?.reason.message ?? ''}`);

  terminal.print('\n4. It is back\n');
  await rename(hidden, repository.directory);
  await until(stage, mirror, isDone);
  terminal.print('   Each window of the outage is a commit of its own.');

  terminal.print('\n5. A development branch\n');
  const development = `/v1/projects/${id}/mirrors/1001`;
  await client.send('PUT', development, {
    repository: { url, branch: 'try-a-discount' },
    branchPath: 'main',
    samples,
  });
  await until(stage, development, ({ state }) => state === 'synced');
  terminal.print('   It is a Git branch. What it changes of the configurations:\n');
  terminal.print(indented(await repository.compare('main', 'try-a-discount', 'objects')));

  terminal.print(
    `\nThe log (git -C ${repository.directory} log)\n\n${indented(await repository.log('main'))}`,
  );
  terminal.print(`\nThe tree\n\n${indented(await repository.tree('main'))}\n`);
}

/** Changes the sample as a person would in a platform's pages, and tells Gitward as the platform would. */
async function change(
  { client, terminal }: Stage,
  project: string,
  author: string,
  componentId: string,
  configId: string,
  description: string,
): Promise<void> {
  const body = { componentId, configId, author, description };
  const event = await client.send('POST', `/v1/projects/${project}/sample-changes`, body);
  await client.send('POST', '/v1/events', event);
  terminal.print(`   ${author}: ${description}`);
}

/** What the story looks at of a mirror's status. */
interface StatusSeen {
  state: string;
  pendingChanges: number;
  waitingBatches: number;
  outage: { reason: { message: string } } | null;
}

function isDone({ state, pendingChanges }: StatusSeen): boolean {
  return state === 'synced' && pendingChanges === 0;
}

async function until(
  { client, signal }: Stage,
  mirror: string,
  isSo: (status: StatusSeen) => boolean,
): Promise<StatusSeen> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const status = (await client.send('GET', mirror)) as StatusSeen;
    if (isSo(status)) return status;
    if (Date.now() > deadline) {
      throw new Error(
        `The mirror made no progress within a minute: ${JSON.stringify(status, null, 2)}`,
      );
    }
    // Not by the timer's own abort, whose error is another than the signal's reason.
    signal.throwIfAborted();
    await sleep(100);
  }
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '   ');
}
