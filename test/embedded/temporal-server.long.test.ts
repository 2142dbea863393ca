import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processIdentity } from '../../embedded/process-identity.ts';
import { temporalServer } from '../../embedded/temporal-programs.ts';
import { startTemporal, type EmbeddedTemporal } from '../../embedded/temporal-server.ts';
import { programPath } from '../support/temporal.ts';

let directory: string;
const started: EmbeddedTemporal[] = [];

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'gitward-temporal-')), 'temporal');
});
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  await rm(join(directory, '..'), { recursive: true });
});

async function start(program?: string): Promise<EmbeddedTemporal> {
  const server = await startTemporal({
    program: program ?? (await programPath(temporalServer)),
    directory,
    namespace: 'default',
    searchAttributes: { GitwardProject: 'Keyword' },
  });
  started.push(server);
  return server;
}

async function pidOf(): Promise<number> {
  return (JSON.parse(await readFile(`${directory}.pid`, 'utf8')) as { pid: number }).pid;
}

test('the server answers, knows our search attributes and has a UI', async () => {
  const server = await start();
  const connection = await Connection.connect({ address: server.address });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({
    namespace: 'default',
  });
  await connection.close();
  expect(customAttributes).toHaveProperty('GitwardProject');
  expect((await fetch(server.uiUrl)).status).toBe(200);
});

test.runIf(process.platform === 'linux')(
  'requests from the pages of other sites start no workflow and read nothing',
  async () => {
    const server = await start();
    const ports = await listeningPorts(await pidOf());
    expect(ports.length).toBeGreaterThan(2);
    const workflows = '/api/v1/namespaces/default/workflows';
    // As a page sends it: browsers send plain text without a preflight request.
    const post = (base: string) =>
      fetch(`${base}${workflows}/planted`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', origin: 'http://attacker.example' },
        body: JSON.stringify({ workflowType: { name: 'any' }, taskQueue: { name: 'any' } }),
      });
    expect((await post(server.uiUrl)).status).toBe(403);
    // The same on all its other ports, some of which do not speak HTTP.
    for (const port of ports) {
      const answer = await post(`http://127.0.0.1:${port}`).catch(() => null);
      expect(answer?.status ?? 403, `port ${port}`).toBeGreaterThanOrEqual(400);
    }
    expect(await statusFor(server.uiUrl, workflows, 'attacker.example')).toBe(403);
    expect(await statusFor(server.uiUrl, workflows, new URL(server.uiUrl).host)).toBe(200);
    const connection = await Connection.connect({ address: server.address });
    const { executions } = await connection.workflowService.listWorkflowExecutions({
      namespace: 'default',
    });
    await connection.close();
    expect(executions).toEqual([]);
  },
);

/** All TCP ports that a process listens on, as Linux lists them (proc(5)). */
async function listeningPorts(pid: number): Promise<number[]> {
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) =>
      readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''),
    ),
  );
  const inodes = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const lines = (await readFile(`/proc/${pid}/net/tcp`, 'utf8')).split('\n').slice(1);
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    return state === '0A' && inodes.has(inode) ? [parseInt(local.split(':')[1] ?? '', 16)] : [];
  });
}

/** The status of an answer to a browser that was led to the server by this host name. */
async function statusFor(base: string, path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(base + path, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
}

test('a server that is stopped leaves no process and no pid file', async () => {
  const server = await start();
  const pid = await pidOf();
  await server.stop();
  expect(await processIdentity(pid)).toBeNull();
  await expect(readFile(`${directory}.pid`)).rejects.toThrow('ENOENT');
});

test('a server that a killed run left behind is stopped by the next start', async () => {
  await start();
  const leftover = await pidOf();
  // The killed run has lost its server, and this one only has the pid file.
  await start();
  expect(await processIdentity(leftover)).toBeNull();
  expect(await pidOf()).not.toBe(leftover);
});

test('a port in use is avoided', async () => {
  const taken = await listen();
  try {
    const server = await start();
    expect(server.address).not.toBe('127.0.0.1:7233');
  } finally {
    taken.close();
  }
});

test('a server that takes the port in the last moment is not taken for ours, which starts on another', async () => {
  const real = await programPath(temporalServer);
  const program = `${directory}-command`;
  const other = 'server start-dev --ip 127.0.0.1 --headless --namespace default';
  // At first, starts somebody else's server on the port that it is given, and ends as if it had found the port taken.
  const script = [
    '#!/bin/sh',
    `if [ -e "${directory}.other" ]; then exec "${real}" "$@"; fi`,
    `while [ "$1" != --port ]; do shift; done`,
    `"${real}" ${other} --port "$2" >/dev/null 2>&1 &`,
    `echo $! >"${directory}.other"; echo "$2" >"${directory}.port"`,
    'sleep 8',
    'echo "port in use"; exit 1',
  ];
  await writeFile(program, script.join('\n'), { mode: 0o700 });
  try {
    const server = await start(program);
    const taken = (await readFile(`${directory}.port`, 'utf8')).trim();
    expect(server.address).not.toBe(`127.0.0.1:${taken}`);
    const connection = await Connection.connect({ address: server.address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    await connection.close();
    expect(customAttributes).toHaveProperty('GitwardProject');
  } finally {
    process.kill(Number(await readFile(`${directory}.other`, 'utf8')));
  }
});

test('a server that cannot start says why, and is not tried for ever', async () => {
  const program = `${directory}-command`;
  await writeFile(program, '#!/bin/sh\necho started >>"$0.starts"; echo "no such disk"; exit 1\n', { mode: 0o700 }); // prettier-ignore
  await expect(start(program)).rejects.toThrow(/did not start[^]*no such disk/);
  expect(await readFile(`${program}.starts`, 'utf8')).toBe('started\n');
});

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    // If the port is already in use, that is just as good.
    server.once('error', () => resolve());
    server.listen(7233, '127.0.0.1', resolve);
  });
  return server;
}
