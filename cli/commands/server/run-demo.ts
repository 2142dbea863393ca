import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../../config.ts';
import { createBareRepository } from '../../../git/bare-repository.ts';
import type { Answer } from '../../client/answers.ts';
import { createApiClient, type ApiClient } from '../../client/api-client.ts';
import { bringUp } from './run-start.ts';
import { finished, runUntilStopped } from '../../running/run-until-stopped.ts';
import { listenForStop } from '../../running/stop-request.ts';
import { createTerminal, type Terminal } from '../../running/terminal.ts';

/**
 * Shows how a change really travels to Git, with short windows and intervals; returns the exit
 * code.
 */
export async function runDemo(env: NodeJS.ProcessEnv): Promise<number> {
  const demo = demoSettings(env, readConfig(env).dataDir);
  const config = readConfig(demo);
  const terminal = createTerminal();
  return runUntilStopped({ terminal, stop: listenForStop(config) }, async (running, signal) => {
    terminal.progress('Starting an installation for the demo …');
    const { url, secrets } = await bringUp({ config, env: demo, terminal, running, signal });
    const client = createApiClient({ url, token: secrets.adminToken });
    await tell({ client, terminal, signal, directory: config.dataDir });
    return finished;
  });
}

/**
 * A separate installation next to one that may be running: other files, other ports, short windows
 * and intervals. An empty setting has its default.
 */
function demoSettings(env: NodeJS.ProcessEnv, dataDir: string): NodeJS.ProcessEnv {
  return {
    ...env,
    GITWARD_DATA_DIR: join(dataDir, 'demo'),
    GITWARD_PORT: '0',
    GITWARD_HOST: '127.0.0.1',
    DATABASE_URL: '',
    GITWARD_DATABASE_DIRECT_URL: '',
    TEMPORAL_ADDRESS: '',
    TEMPORAL_NAMESPACE: '',
    GITWARD_MASTER_KEY: '',
    GITWARD_MASTER_KEY_PREVIOUS: '',
    GITWARD_ADMIN_TOKEN: '',
    GITWARD_WINDOW: '1s',
    GITWARD_RETRY_INTERVAL: '1s',
    GITWARD_ESCALATE_AFTER: '1h',
    GITWARD_CATCH_UP_INTERVAL: '1h',
    GITWARD_SAVE_WINDOW: '1s',
    GITWARD_POLL_INTERVAL: '1m',
    GITWARD_ALLOW_FILE_REPOSITORIES: 'true',
    GITWARD_SMTP_URL: '',
    GITWARD_LOG_LEVEL: 'error',
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

/**
 * The demo: enable a mirror, make changes, lose the repository, get it back, look at the result.
 */
async function tell(stage: Stage): Promise<void> {
  const { client, terminal } = stage;
  const id = `demo-${Date.now().toString(36)}`;
  const repository = await createBareRepository(join(stage.directory, `${id}.git`));
  const mirror = { project: id, branch: 'default' };

  terminal.print('\n1. A project and its mirror\n');
  const project = { id, name: 'Sample shop', source: { kind: 'sample' } };
  await client.send('POST /v1/projects', { body: project });
  const url = pathToFileURL(repository.directory).href;
  await client.send('PUT /v1/projects/:project/mirrors/:branch', {
    ...mirror,
    body: { repository: { url, branch: 'main' }, samples },
  });
  await until(stage, mirror, ({ state }) => state === 'synced');
  terminal.print(`   The whole project is now a commit in ${repository.directory}`);

  terminal.print('\n2. Two people change it in the same window\n');
  await change(stage, id, eva, 'keboola.snowflake-transformation', '1003', 'Count returns as well');
  await change(stage, id, jan, 'keboola.wr-db-mysql', '1006', 'Write the new column');
  await until(stage, mirror, isDone);
  terminal.print('   One commit, both authors.');

  terminal.print('\n3. The repository is unreachable\n');
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
  terminal.print(`   Two windows are waiting. ${outage?.reason.message ?? ''}`);

  terminal.print('\n4. It is back\n');
  await rename(hidden, repository.directory);
  await until(stage, mirror, isDone);
  terminal.print('   Each window of the outage became its own commit.');

  terminal.print('\n5. A development branch\n');
  const development = { project: id, branch: '1001' };
  await client.send('PUT /v1/projects/:project/mirrors/:branch', {
    ...development,
    body: { repository: { url, branch: 'try-a-discount' }, branchPath: 'main', samples },
  });
  await until(stage, development, ({ state }) => state === 'synced');
  terminal.print('   It is a Git branch. The configurations that it changes:\n');
  terminal.print(indented(await repository.compare('main', 'try-a-discount', 'objects')));

  terminal.print(
    `\nThe log (git -C ${repository.directory} log)\n\n${indented(await repository.log('main'))}`,
  );
  terminal.print(`\nThe tree\n\n${indented(await repository.tree('main'))}\n`);
}

/**
 * Changes the sample as a person would in the platform's UI, and sends the event as the platform
 * would.
 */
async function change(
  { client, terminal }: Stage,
  project: string,
  author: string,
  componentId: string,
  configId: string,
  description: string,
): Promise<void> {
  const body = { componentId, configId, author, description };
  const event = await client.send('POST /v1/projects/:project/sample-changes', { project, body });
  await client.send('POST /v1/events', { body: event });
  terminal.print(`   ${author}: ${description}`);
}

type Mirror = Answer<'GET /v1/projects/:project/mirrors/:branch'>;

function isDone({ state, pendingChanges }: Mirror): boolean {
  return state === 'synced' && pendingChanges === 0;
}

async function until(
  { client, signal }: Stage,
  mirror: { project: string; branch: string },
  isSo: (mirror: Mirror) => boolean,
): Promise<Mirror> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const status = await client.send('GET /v1/projects/:project/mirrors/:branch', mirror);
    if (isSo(status)) return status;
    if (Date.now() > deadline) {
      throw new Error(
        `The mirror made no progress within a minute: ${JSON.stringify(status, null, 2)}`,
      );
    }
    // Not by aborting the timer: its error is not the signal's reason.
    signal.throwIfAborted();
    await sleep(100);
  }
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '   ');
}
