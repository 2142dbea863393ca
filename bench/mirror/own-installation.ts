import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dist } from '../measuring/build.ts';
import type { Place } from '../measuring/place.ts';

/** A `gitward start` of the bench's own. */
export interface Installation {
  process: ChildProcess;
  /** Where it keeps everything. */
  data: string;
  /** Ends it; the data stays. */
  end(): Promise<void>;
  /** Calls its API as its admin; throws if the answer is not 2xx. */
  call<T>(method: string, path: string, body: unknown): Promise<T>;
}

/** Starts Gitward on embedded parts, with these settings, until the place ends. */
export async function startInstallation(
  place: Place,
  settings: Record<string, string>,
): Promise<Installation> {
  const data = place.path('data');
  const child = spawn(process.execPath, [join(dist, 'cli/main.js'), 'start'], {
    cwd: place.directory,
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC' },
      ...{ GITWARD_DATA_DIR: data, GITWARD_PORT: '0', GITWARD_WORKER_METRICS_PORT: '0' },
      ...{ GITWARD_ALLOW_PRIVATE_NETWORK: 'true', ...settings },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.pipe(createWriteStream(place.path('log'), { flags: 'a' }));
  const end = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  place.atEnd(end);
  const url = await addressOf(child);
  const token = (await readFile(join(data, 'admin-token'), 'utf8')).trim();
  return {
    ...{ process: child, data, end },
    async call<T>(method: string, path: string, body: unknown): Promise<T> {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

/** What it says first is where it is. */
async function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const at = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (at !== undefined) resolve(at);
      });
    child.once('exit', () => reject(new Error(`gitward start ended:\n${said}`)));
  });
}
