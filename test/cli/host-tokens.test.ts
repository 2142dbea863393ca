import { Command } from 'commander';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import type { ClientIo } from '../../cli/client/client-command.ts';
import { registerHostTokens } from '../../cli/commands/access/host-tokens.ts';

const asked: unknown[] = [];
const view = { origin: 'https://git.example', storedAt: '2026-03-01T12:00:00.000Z' };
const server = createServer((request, response) => {
  void text(request).then((body) => {
    asked.push([request.method, request.url, body === '' ? null : JSON.parse(body)]);
    const stored = { ...view, refusedAt: null };
    const refused = { ...view, refusedAt: '2026-03-02T12:00:00.000Z' };
    if (request.method === 'DELETE') response.writeHead(204).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(request.method === 'GET' ? { items: [refused] } : stored));
  });
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
afterAll(() => server.close());

async function run(args: string[], secret = ''): Promise<string> {
  let out = '';
  const { port } = server.address() as AddressInfo;
  const io: ClientIo = {
    env: { GITWARD_URL: `http://127.0.0.1:${port}`, GITWARD_TOKEN: 'gw_test' },
    out: (said) => void (out += said),
    error: (said) => void (out += said),
    setExitCode: () => undefined,
    readInput: () => Promise.resolve(''),
    readSecret: () => Promise.resolve(secret),
  };
  const program = new Command('gitward').exitOverride();
  registerHostTokens(program, io);
  await program.parseAsync(['host-tokens', ...args], { from: 'user' });
  return out;
}

test('host tokens are stored from a secret that is read, listed without it, and removed', async () => {
  expect(await run(['set', 'git.example'], 'a-secret-token')).toContain(
    'Stored your token for https://git.example.',
  );
  expect(asked.at(-1)).toEqual([
    'PUT',
    '/v1/me/host-tokens',
    { origin: 'git.example', token: 'a-secret-token' },
  ]);
  expect(await run(['list'])).toMatch(/https:\/\/git\.example +2026-03-01\S+ +2026-03-02/);
  await run(['remove', 'https://git.example']);
  expect(asked.at(-1)).toEqual([
    'DELETE',
    '/v1/me/host-tokens?origin=https%3A%2F%2Fgit.example',
    null,
  ]);
});
