import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirectoryBusy, takeDataDirectory } from '../../embedded/data-directory.ts';
import { rememberPid, stopLeftover } from '../../embedded/pid-file.ts';
import { processIdentity } from '../../embedded/process-identity.ts';
import { secretFile } from '../../embedded/secret-file.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'gitward-data-'));
});
afterEach(() => rm(place, { recursive: true }));

test('a data directory can only be taken once, and again after it was released', async () => {
  const taken = await takeDataDirectory(place);
  await expect(takeDataDirectory(place)).rejects.toThrow(DataDirectoryBusy);
  await taken.release();
  await (await takeDataDirectory(place)).release();
});

test('other users lose their access to an existing data directory', async () => {
  const mine = process.getuid?.() === 0 ? 0o711 : 0o700;
  for (const mode of [0o777, 0o755, 0o700]) {
    await chmod(place, mode);
    await (await takeDataDirectory(place)).release();
    expect((await stat(place)).mode & 0o777).toBe(mode & mine);
  }
});

test.runIf(process.getuid?.() === 0)('a data directory of another user is refused', async () => {
  await chown(place, 65_534, 65_534);
  await expect(takeDataDirectory(place)).rejects.toThrow('belongs to user 65534');
  await expect(stat(join(place, 'gitward.lock'))).rejects.toThrow('ENOENT');
  await chown(place, 0, 0);
});

test('of many that take a data directory at once, only one gets it', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => takeDataDirectory(place)),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test.each([
  ['a dead process', JSON.stringify({ pid: 999_999_999, identity: 'boot/1' })],
  [
    'a living process that started at another time',
    JSON.stringify({ pid: process.pid, identity: 'boot/1' }),
  ],
  ['an unknown process, cut short by a crash', ''],
])('the lock of %s is taken over', async (_whose, content) => {
  await writeFile(join(place, 'gitward.lock'), content);
  await (await takeDataDirectory(place)).release();
  await expect(stat(join(place, 'gitward.lock'))).rejects.toThrow('ENOENT');
});

test('a leftover process is stopped, but not an unrelated one with the same id', async () => {
  const child = spawn('sleep', ['60']);
  const pid = child.pid ?? 0;
  const options = { file: join(place, 'pid'), stopSignal: 'SIGTERM', stopWithin: 5_000 } as const;
  await writeFile(options.file, JSON.stringify({ pid, identity: 'boot/1' }));
  expect(await stopLeftover(options)).toBeNull();
  expect(await processIdentity(pid)).not.toBeNull();
  await rememberPid(options.file, pid);
  const ended = once(child, 'exit');
  expect(await stopLeftover(options)).toBe(pid);
  await ended;
});

test('a generated secret stays the same and can only be read by its owner', async () => {
  const file = join(place, 'secret');
  const first = await secretFile(file, () => 'one');
  expect(await secretFile(file, () => 'two')).toBe(first);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
