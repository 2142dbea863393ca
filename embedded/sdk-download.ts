import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TemporalProgram } from './temporal-programs.ts';

/** How long the download may stall before we give up, in milliseconds. */
const patience = 10_000;

/*
 * The SDK downloads a server when it starts one for a test, and has no other way to download it. So
 * we let it start one, in a process that we can end: the download itself has no timeout.
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
 * Downloads a program into `directory` in the way that the Temporal SDK does (from
 * `temporal.download`). Returns its path; rejects if the site cannot be reached, or if the download
 * stalls for ten seconds.
 */
export async function downloadBySdk(program: TemporalProgram, directory: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const { version } = require('@temporalio/worker/package.json') as { version: string };
  const child = spawn(
    process.execPath,
    ['-e', script, require.resolve('@temporalio/worker'), version, program.sdkServer, directory],
    // Its own session, so that what it starts can be ended together with it.
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
  // The SDK's errors are chains that repeat the whole address in each link; the last link is the
  // cause.
  if (code !== 0) throw new Error(`temporal.download: ${said.trim().split(': ').at(-1) ?? ''}.`);
  return path;
}

/**
 * Resolves when nothing in the directory has grown for {@link patience}; never resolves once
 * `ended`.
 */
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
    // A file can disappear meanwhile: the SDK renames it once it is complete.
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
