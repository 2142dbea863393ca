import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
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

async function start(): Promise<EmbeddedTemporal> {
  const server = await startTemporal({
    program: await programPath(temporalServer),
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
  'what pages of other sites send to it starts no workflow and reads nothing',
  async () => {
    const server = await start();
    const ports = await listeningPorts(await pidOf());
    expect(ports.length).toBeGreaterThan(2);
    const workflows = '/api/v1/namespaces/default/workflows';
    // As a page sends it: a browser asks nobody before it posts plain text.
    const post = (base: string) =>
      fetch(`${base}${workflows}/planted`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', origin: 'http://attacker.example' },
        body: JSON.stringify({ workflowType: { name: 'any' }, taskQueue: { name: 'any' } }),
      });
    expect((await post(server.uiUrl)).status).toBe(403);
    // Whatever else it listens on: some of it is no HTTP.
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

/** What is answered to a browser that takes this host for the server's address. */
async function statusFor(base: string, path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(base + path, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
}

test('stopped, it leaves no process and no pid file', async () => {
  const server = await start();
  const pid = await pidOf();
  await server.stop();
  expect(await processIdentity(pid)).toBeNull();
  await expect(readFile(`${directory}.pid`)).rejects.toThrow('ENOENT');
});

test('a server that a killed run left behind is stopped by the next start', async () => {
  await start();
  const leftover = await pidOf();
  // The run that is killed forgets its server; this one has only the pid file.
  await start();
  expect(await processIdentity(leftover)).toBeNull();
  expect(await pidOf()).not.toBe(leftover);
});

test('a taken port is gone around', async () => {
  const taken = await listen();
  try {
    const server = await start();
    expect(server.address).not.toBe('127.0.0.1:7233');
  } finally {
    taken.close();
  }
});

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    // Taken already is as good.
    server.once('error', () => resolve());
    server.listen(7233, '127.0.0.1', resolve);
  });
  return server;
}
