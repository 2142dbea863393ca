import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createApiClient } from '../../../cli/client/api-client.ts';
import { GitRepository } from '../../support/git-repository.ts';
import { TestInstallation, type Run } from './installation.ts';
import { processTree } from './process-tree.ts';

/** Shared by the tests; each takes it as it is, running or not. */
let installation: TestInstallation;
let place: string;
const settings = { GITWARD_WINDOW: '1s', GITWARD_ALLOW_FILE_REPOSITORIES: 'true' };

beforeAll(async () => {
  installation = await TestInstallation.make();
  place = await mkdtemp(join(tmpdir(), 'gitward-worker-killed-'));
});
afterAll(async () => {
  await installation.remove();
  await rm(place, { recursive: true });
}, 120_000);

/** Kills the worker as often as it takes to make the next wait this long. */
async function killWorkerUntil(wait: string, run: Run): Promise<void> {
  const said = `It is started again in ${wait}`;
  for (;;) {
    await vi.waitFor(async () => expect(await installation.isWorkerUp()).toBe(true), 30_000);
    process.kill(await installation.pidOf('worker'), 'SIGKILL');
    await vi.waitFor(async () => expect(await installation.isWorkerUp()).toBe(false));
    if (run.output().includes(said)) return;
  }
}

test('a change that is reported while the worker is down becomes a commit when it is back', async () => {
  const run = await installation.running(settings);
  const token = (await readFile(join(installation.dataDir, 'admin-token'), 'utf8')).trim();
  const client = createApiClient({ url: `http://127.0.0.1:${installation.port}`, token });
  const repository = await GitRepository.create(join(place, 'mirror.git'));
  const mirror = { project: 'shop', branch: 'default' };
  const untilSynced = () =>
    vi.waitFor(
      async () =>
        expect(
          await client.send('GET /v1/projects/:project/mirrors/:branch', mirror),
        ).toMatchObject({ state: 'synced', pendingChanges: 0 }),
      { timeout: 90_000, interval: 300 },
    );

  const project = { id: mirror.project, name: 'Shop', source: { kind: 'sample' } };
  await client.send('POST /v1/projects', { body: project });
  const url = pathToFileURL(repository.directory).href;
  await client.send('PUT /v1/projects/:project/mirrors/:branch', {
    ...mirror,
    body: { repository: { url, branch: 'main' } },
  });
  await untilSynced();
  const before = await repository.log();

  await killWorkerUntil('2 seconds', run);
  const change = {
    componentId: 'keboola.wr-db-mysql',
    configId: '1006',
    author: 'eva@example.com',
    description: 'While the worker was down',
  };
  const event = await client.send('POST /v1/projects/:project/sample-changes', {
    project: mirror.project,
    body: change,
  });
  await client.send('POST /v1/events', { body: event });
  expect(await installation.isWorkerUp()).toBe(false);
  await untilSynced();
  expect(await repository.log()).toHaveLength(before.length + 1);
}, 240_000);

test('a worker that is waiting to be started again does not delay a stop', async () => {
  const run = await installation.running(settings);
  await killWorkerUntil('4 seconds', run);
  const tree = await processTree(run.child.pid!);
  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(0);
  expect(run.output()).toMatch(/Stopped\.\n$/);
  await installation.untilGone(tree);
  await installation.expectStoppedInOrder();
}, 240_000);

test('when Gitward is killed while its worker is waiting to be started again, everything ends', async () => {
  const run = await installation.running(settings);
  await killWorkerUntil('4 seconds', run);
  const tree = await processTree(run.child.pid!);
  run.child.kill('SIGKILL');
  await run.ended;
  await installation.untilGone(tree);
  await installation.expectStoppedInOrder();
}, 240_000);

test('when Gitward is killed while its worker does not respond, the worker ends, too', async () => {
  const run = await installation.running(settings);
  const tree = await installation.treeOf(run);
  process.kill(await installation.pidOf('worker'), 'SIGSTOP');
  run.child.kill('SIGKILL');
  await installation.untilGone(tree);
}, 240_000);
