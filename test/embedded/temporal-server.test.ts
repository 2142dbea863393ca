import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
