import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterAll, expect, it } from 'vitest';
import { boundedFetch } from '../../identity/bounded-fetch.ts';

const server = createServer((request, response) => {
  if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
  else if (request.url === '/nothing') response.writeHead(204).end();
  else response.end('x'.repeat(Number(request.url?.slice(1))));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const dispatcher = new Agent();
const get = (path: string) =>
  boundedFetch(dispatcher)(origin + path, { method: 'GET', headers: {}, redirect: 'manual' });
afterAll(async () => {
  await dispatcher.close();
  server.close();
});

it('answers of up to 1 MiB are read, and longer ones are not', async () => {
  expect((await (await get(`/${1024 * 1024}`)).text()).length).toBe(1024 * 1024);
  await expect(get(`/${1024 * 1024 + 1}`)).rejects.toThrow('sent more than 1 MiB');
});

it('redirects are not followed, and an answer may be empty', async () => {
  expect((await get('/moved')).status).toBe(302);
  expect((await get('/nothing')).status).toBe(204);
});
