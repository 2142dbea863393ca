import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { guardName } from '../../../embedded/guard.ts';
import { processIdentity } from '../../../embedded/process-identity.ts';
import { TestInstallation } from './installation.ts';

/** Shared: each test takes it as it finds it, running or not. */
let installation: TestInstallation;

beforeAll(async () => {
  installation = await TestInstallation.make();
});
afterAll(() => installation.remove(), 120_000);

test('killed together with the guards of its servers, with one of these or without, it starts again on the same data', async () => {
  const token = async () => readFile(join(installation.dataDir, 'admin-token'), 'utf8');
  let run = await installation.running();
  const first = await token();
  for (const alsoKilled of [null, 'postgres', 'temporal']) {
    const leftovers = [await installation.pidOf('postgres'), await installation.pidOf('temporal')];
    const guards = (await installation.treeOf(run)).filter(({ args }) => args.includes(guardName));
    for (const { pid } of guards) process.kill(pid, 'SIGKILL');
    run.child.kill('SIGKILL');
    await run.ended;
    if (alsoKilled !== null) await installation.killServer(alsoKilled);
    run = await installation.running();
    // What it finds of the killed one's work it takes up at once: an answer may take its time.
    await vi.waitFor(async () => expect(await installation.isReady()).toBe(true), {
      timeout: 15_000,
    });
    for (const pid of leftovers) expect(await processIdentity(pid)).toBeNull();
  }
  expect(await token()).toBe(first);
}, 240_000);

test('killed, it takes its servers with it', async () => {
  const run = await installation.running();
  const tree = await installation.treeOf(run);
  run.child.kill('SIGKILL');
  await run.ended;
  await installation.untilGone(tree);
  await installation.expectStoppedInOrder();
}, 120_000);

test('npm start: everything stops in order when npm was killed', async () => {
  const npm = await installation.npmStart();
  const tree = await installation.treeOf(npm);
  npm.child.kill('SIGKILL');
  await installation.untilGone(tree);
  await npm.ended;
  expect(npm.output()).toMatch(/Stopped\.\n$/);
  await installation.expectStoppedInOrder();
}, 120_000);

test('npm start: everything ends when Gitward itself was killed', async () => {
  const npm = await installation.npmStart();
  const tree = await installation.treeOf(npm);
  const main = tree.find(({ args }) => args.includes('dist/cli/main.js start'));
  process.kill(main!.pid, 'SIGKILL');
  expect(await npm.ended).not.toBe(0);
  await installation.untilGone(tree);
  await installation.expectStoppedInOrder();
}, 120_000);
