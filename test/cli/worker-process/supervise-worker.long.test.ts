import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { fakeWorker } from './fake-worker.ts';

const never = new AbortController().signal;
const works = "note('started'); say({ kind: 'up' });";

test('a process that is killed is started again, and the log says how it ended and when it starts', async () => {
  const worker = await fakeWorker(works);
  await worker.untilUp(never);
  const first = await worker.pid();
  // Longer than the time between two readings of its memory.
  await sleep(1_500);
  process.kill(first, 'SIGKILL');
  await vi.waitFor(() => expect(worker.isUp()).toBe(false));
  await vi.waitFor(() => expect(worker.isUp()).toBe(true), { timeout: 10_000 });
  expect(await worker.pid()).not.toBe(first);
  expect(worker.lines).toEqual([
    expect.stringMatching(
      /^The worker ended \(signal SIGKILL, \d+ MiB\)\. It is started again in 100 ms\.$/,
    ),
  ]);
});

test('a process that says why it ends has its reason in the log', async () => {
  const worker = await fakeWorker(
    `${works} setTimeout(() => { say({ kind: 'problem', text: 'Temporal is gone.' }); process.exit(1); }, 300);`,
  );
  await vi.waitFor(
    () =>
      expect(worker.lines[1]).toMatch(
        /^The worker ended \(exit code 1, \d+ MiB: Temporal is gone\.\)/,
      ),
    { timeout: 10_000 },
  );
});

test.each([
  ['that cannot use its settings at the first start', 2, ''],
  ['that cannot use its settings later', 2, works],
  ['that does not get up the first time', 1, ''],
])('a process %s is not started again', async (_which, code, before) => {
  const worker = await fakeWorker(
    `note('start'); ${before} setTimeout(() => { say({ kind: 'problem', text: 'Wrong.' }); process.exit(${code}); }, 300);`,
    { wait: 0 },
  );
  expect(await worker.ended).toMatch(new RegExp(`^exit code ${code}(, \\d+ MiB)?: Wrong\\.$`));
  expect(worker.isUp()).toBe(false);
  expect(worker.lines).toEqual([]);
  expect((await worker.notes()).filter((line) => line === 'start')).toHaveLength(1);
});

test('a process that uses more than twice its memory is killed at once, also if it is buffers', async () => {
  const worker = await fakeWorker(
    `${works} globalThis.kept = Buffer.alloc(300 * 1024 * 1024, 1); note('kept');`,
    { memory: 128, wait: 60_000 },
  );
  await vi.waitFor(
    () =>
      expect(worker.lines).toEqual([
        expect.stringMatching(
          /^The worker ended \(signal SIGKILL, 3\d\d MiB: it used 3\d\d MiB, and GITWARD_MAX_WORKER_MIB allows 128\)\. It is started again in 1 minute\.$/,
        ),
      ]),
    { timeout: 20_000 },
  );
});

test('a process that stays above its memory is stopped in order', async () => {
  const worker = await fakeWorker(
    `${works} globalThis.kept = Buffer.alloc(120 * 1024 * 1024, 1);
     process.on('SIGTERM', () => { note('stopped in order'); process.exit(0); });`,
    { memory: 128, wait: 60_000 },
  );
  await vi.waitFor(
    () => expect(worker.lines).toEqual([expect.stringMatching(/\(exit code 0, .* allows 128\)/)]),
    { timeout: 20_000 },
  );
  expect(await worker.notes()).toContain('stopped in order');
});

test('a process begins with the servers that it is told, with a limited heap and without tokens', async () => {
  const worker = await fakeWorker(
    `import { getHeapStatistics } from 'node:v8';
     process.on('message', (message) => {
       const { GITWARD_TOKEN, GITWARD_ADMIN_TOKEN, GITWARD_WINDOW } = process.env;
       note(JSON.stringify(message));
       note(JSON.stringify({ GITWARD_TOKEN, GITWARD_ADMIN_TOKEN, GITWARD_WINDOW }));
       note(process.argv.slice(2).join(' '));
       note(String(getHeapStatistics().heap_size_limit / 1024 / 1024));
       say({ kind: 'up' });
     });`,
    { env: { GITWARD_TOKEN: 'a', GITWARD_ADMIN_TOKEN: 'b', GITWARD_WINDOW: '7s' }, memory: 400 },
  );
  const servers = { databaseUrl: 'postgres://u:p@h/d', temporalAddress: 'h:1', masterKey: 'key' };
  worker.begin(servers);
  await worker.untilUp(never);
  const [message = '', env, args, heap] = await worker.notes();
  expect(JSON.parse(message)).toEqual({ kind: 'begin', servers });
  expect(env).toBe('{"GITWARD_WINDOW":"7s"}');
  expect(args).toBe('worker --supervised');
  expect(Number(heap)).toBeGreaterThanOrEqual(300);
  expect(Number(heap)).toBeLessThan(400);
});

test('a process that is waiting to be started again does not delay a stop, nor start after it', async () => {
  const worker = await fakeWorker(`${works} setTimeout(() => process.exit(1), 300);`, {
    wait: 60_000,
  });
  await vi.waitFor(() => expect(worker.lines).toHaveLength(1), { timeout: 10_000 });
  await worker.stop();
  expect(await worker.ended).toMatch(/^exit code 1/);
  expect(await worker.notes()).toEqual(['started']);
});

test('somebody who waits for a process that never gets up can give up', async () => {
  const worker = await fakeWorker('setInterval(() => undefined, 1_000);');
  const reason = new Error('asked to stop');
  await expect(worker.untilUp(AbortSignal.abort(reason))).rejects.toBe(reason);
  await worker.stop();
});
