import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TemporalProgram } from './temporal-programs.ts';

/** How long the download may stand still before it is given up, in milliseconds. */
const patience = 10_000;

/*
 * The SDK downloads a server when it starts one for a test, and offers no other way to it. So it
 * starts one, in a process that can be ended: the download itself knows no time limit.
 */
const script = `
  const [worker, version, server, downloadDir] = process.argv.slice(1);
  const { Runtime } = require(worker);
  const exe = { type: 'cached-download', downloadDir, version: 'default', ttl: 0,
    sdkName: 'sdk-typescript', sdkVersion: version };
  const config = server === 'time-skipping'
    ? { type: server, exe, port: null, extraArgs: [] }
    : { type: server, exe, port: null, uiPort: null, ui: false, ip: '127.0.0.1', namespace: 'default',
        dbFilename: null, log: { format: 'pretty', level: 'error' }, extraArgs: [] };
  const runtime = Runtime.instance();
  runtime.createEphemeralServer(config).then((made) => runtime.shutdownEphemeralServer(made)).then(
    () => process.exit(0),
    (error) => { console.error(error.message); process.exit(1); },
  );
`;

/**
 * Gets a program by the download that the Temporal SDK does itself (from `temporal.download`), into
 * `directory`. Answers its path; rejects where it cannot be reached, or stands still for ten seconds.
 */
export async function downloadBySdk(program: TemporalProgram, directory: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const { version } = require('@temporalio/worker/package.json') as { version: string };
  const child = spawn(
    process.execPath,
    ['-e', script, require.resolve('@temporalio/worker'), version, program.sdkServer, directory],
    // A session of its own: what it starts is ended with it.
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (said = (said + text).slice(-2_000)));
  const code = await new Promise<number | 'stalled'>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
    void untilStalled(directory, () => child.exitCode !== null || child.signalCode !== null).then(
      () => resolve('stalled'),
      reject,
    );
  }).finally(() => endGroup(child.pid));
  if (code === 'stalled')
    throw new Error(`temporal.download has sent nothing for ${patience / 1000} s.`);
  const path = join(directory, `${program.sdkPrefix}-sdk-typescript-${version}`);
  // The SDK's errors are chains with the whole address in each link; the last link is the cause.
  if (code !== 0) throw new Error(`temporal.download: ${said.trim().split(': ').at(-1) ?? ''}.`);
  return path;
}

/** Resolves when nothing in the directory has grown for as long as our patience; never once `ended`. */
async function untilStalled(directory: string, ended: () => boolean): Promise<void> {
  let size = -1;
  for (let since = Date.now(); Date.now() - since < patience;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (ended()) return new Promise(() => undefined);
    const now = await sizeOf(directory);
    if (now !== size) [size, since] = [now, Date.now()];
  }
}

async function sizeOf(directory: string): Promise<number> {
  let size = 0;
  for (const name of await readdir(directory)) {
    // The SDK renames its file when it is whole.
    size += await stat(join(directory, name)).then(
      (found) => found.size,
      () => 0,
    );
  }
  return size;
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
