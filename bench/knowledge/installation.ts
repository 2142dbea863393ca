import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../embedded/free-port.ts';
import { dist } from '../measuring/build.ts';
import type { Place } from '../measuring/place.ts';

/** A Gitward that was started as users start it, with its embedded servers. */
export interface Installation {
  /** Asks its API as the admin; throws if the answer is a refusal. */
  call: <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;
  /** The most resident memory of each kind of its processes since the last look, in bytes. */
  takePeaks: () => ReadonlyMap<string, number>;
}

/** Short windows, so that what is measured is what others wait for. */
const settings = {
  GITWARD_ALLOW_PRIVATE_NETWORK: 'true',
  GITWARD_LOG_LEVEL: 'error',
  GITWARD_WINDOW: '1s',
  GITWARD_SAVE_WINDOW: '300ms',
  GITWARD_POLL_INTERVAL: '5s',
};

/** Starts what was built, until the place ends. */
export async function startInstallation(place: Place): Promise<Installation> {
  const port = String(await freePort('127.0.0.1', 0));
  const api = `http://127.0.0.1:${port}`;
  const data = place.path('data');
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [`${dist}/cli/main.js`, 'start'], {
    env: { PATH, HOME, GITWARD_DATA_DIR: data, GITWARD_PORT: port, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  place.atEnd(async () => {
    await stop(child);
    process.off('exit', kill);
  });
  await until(async () => {
    if (child.exitCode !== null) throw new Ended(`Gitward ended with ${child.exitCode}.`);
    return (await fetch(`${api}/readyz`)).ok;
  });
  const token = (await readFile(`${data}/admin-token`, 'utf8')).trim();
  let peaks = new Map<string, number>();
  const looking = setInterval(() => void lookAtMemory(place.directory, peaks), 250);
  place.atEnd(() => clearInterval(looking));
  return {
    takePeaks: () => {
      const taken = peaks;
      peaks = new Map();
      return taken;
    },
    call: async <T>(method: string, path: string, body?: unknown) => {
      const response = await fetch(api + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
  };
}

/** It is of no use to wait any more. */
class Ended extends Error {
  override readonly name = 'Ended';
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

/** Waits for at most five minutes until something is so; while it cannot be told, it is not. */
export async function until(wanted: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    let why: unknown = null;
    try {
      if (await wanted()) return;
    } catch (error) {
      if (error instanceof Ended) throw error;
      why = error;
    }
    if (Date.now() > deadline)
      throw new Error('What the bench waited for did not happen within five minutes.', {
        cause: why,
      });
    await sleep(50);
  }
}

/** Notes the resident memory of Gitward's processes, and of git's. */
async function lookAtMemory(directory: string, peaks: Map<string, number>): Promise<void> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [args = '', status = '', environment = ''] = await Promise.all(
      // What has ended meanwhile has no memory.
      ['cmdline', 'status', 'environ'].map((file) =>
        readFile(`/proc/${name}/${file}`, 'utf8').catch(() => ''),
      ),
    );
    // Only ours: the folder of the data is in the environment, and in the paths of git.
    if (!environment.includes(directory)) continue;
    const rss = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
    const words = args.split('\0');
    const at = words.findIndex((word) => word.endsWith('dist/cli/main.js'));
    const of =
      at >= 0 ? `gitward ${words[at + 1] ?? ''}` : /\bgit$/.test(words[0] ?? '') ? 'git' : null;
    if (of !== null && rss > (peaks.get(of) ?? 0)) peaks.set(of, rss);
  }
}
