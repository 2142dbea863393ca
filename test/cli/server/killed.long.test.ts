import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { guardName } from '../../../embedded/guard.ts';
import { processIdentity } from '../../../embedded/process-identity.ts';
import { TestInstallation } from './installation.ts';

/** Shared by the tests; each takes it as it is, running or not. */
let installation: TestInstallation;

beforeAll(async () => {
  installation = await TestInstallation.make();
});
afterAll(() => installation.remove(), 120_000);

test('when it was killed together with the guards, and maybe one server, Gitward starts again on the same data', async () => {
  const token = async () => readFile(join(installation.dataDir, 'admin-token'), 'utf8');
  let run = await installation.running();
  const first = await token();
  for (const alsoKilled of [null, 'postgres', 'temporal']) {
    const leftovers = [
      await installation.pidOf('postgres'),
      await installation.pidOf('temporal'),
      await installation.pidOf('worker'),
    ];
    const guards = (await installation.treeOf(run)).filter(({ args }) => args.includes(guardName));
    for (const { pid } of guards) process.kill(pid, 'SIGKILL');
    run.child.kill('SIGKILL');
    await run.ended;
    if (alsoKilled !== null) await installation.killServer(alsoKilled);
    run = await installation.running();
    // It continues the interrupted work at once, so an answer may take a while.
    await vi.waitFor(async () => expect(await installation.isReady()).toBe(true), {
      timeout: 15_000,
    });
    for (const pid of leftovers) expect(await processIdentity(pid)).toBeNull();
  }
  expect(await token()).toBe(first);
}, 240_000);

test('when Gitward is killed, its servers stop, too', async () => {
  const run = await installation.running();
  const tree = await installation.treeOf(run);
  run.child.kill('SIGKILL');
  await run.ended;
  await installation.untilGone(tree);
  await installation.expectStoppedInOrder();
}, 120_000);

test.each(['postgres', 'temporal'])(
  'when %s is killed, the rest stops and says why',
  async (server) => {
    const run = await installation.running();
    const other = await installation.pidOf(server === 'postgres' ? 'temporal' : 'postgres');
    await installation.killServer(server);
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/(PostgreSQL|Temporal) ended unexpectedly \(signal SIGKILL\)\./);
    expect(await processIdentity(other)).toBeNull();
  },
  120_000,
);

test('npm start: everything stops in order when npm is killed', async () => {
  const npm = await installation.npmStart();
  const tree = await installation.treeOf(npm);
  npm.child.kill('SIGKILL');
  await installation.untilGone(tree);
  await npm.ended;
  expect(npm.output()).toMatch(/Stopped\.\n$/);
  await installation.expectStoppedInOrder();
}, 120_000);

test('npm start: everything ends when Gitward itself is killed', async () => {
  const npm = await installation.npmStart();
  const tree = await installation.treeOf(npm);
  const main = tree.find(({ args }) => args.includes('dist/cli/main.js start'));
  process.kill(main!.pid, 'SIGKILL');
  expect(await npm.ended).not.toBe(0);
  await installation.untilGone(tree);
  await installation.expectStoppedInOrder();
}, 120_000);
