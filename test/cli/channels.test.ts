import { Command } from 'commander';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import type { ClientIo } from '../../cli/client/client-command.ts';
import { registerChannels } from '../../cli/commands/operators/channels.ts';

const id = '00000000-0000-4000-8000-000000000001';
const view = {
  ...{ id, name: 'ops', kind: 'webhook', leadsTo: 'https://ops.example', default: true },
  ...{ createdAt: '2026-03-01T12:00:00.000Z', changedAt: null },
};
const notice = {
  ...{ kind: 'escalated', to: 'ops', channel: true, stream: 'mirror/p/1' },
  ...{ code: 'repository_unreachable', createdAt: view.createdAt, sentAt: null },
  ...{ lastError: 'Away.', message: null, covered: false, waiting: true, others: 0 },
};
const sentAt = view.createdAt;
const notices = [
  notice,
  { ...notice, sentAt, lastError: null, message: 'm', others: 49 },
  { ...notice, sentAt, lastError: null, message: 'm', covered: true, others: 49 },
];
const asked: unknown[] = [];
const codes: number[] = [];
let isSent = true;
const server = createServer((request, response) => {
  void text(request).then((body) => {
    asked.push([request.method, request.url, body === '' ? null : JSON.parse(body)]);
    const answer = request.url?.startsWith('/v1/notices?')
      ? { items: notices, nextCursor: null }
      : request.url?.endsWith('/test')
        ? { sent: isSent, reason: isSent ? null : 'Nobody is there.' }
        : request.method === 'GET'
          ? { items: [view] }
          : { ...view, secret: request.method === 'POST' ? 'whsec_made' : null };
    if (request.method === 'DELETE') response.writeHead(204).end();
    else
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
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
    setExitCode: (code) => void codes.push(code),
    readInput: () => Promise.resolve(''),
    readSecret: () => Promise.resolve(secret),
  };
  const program = new Command('gitward').exitOverride();
  registerChannels(program, io);
  await program.parseAsync(['channels', ...args], { from: 'user' });
  return out;
}

test('a webhook is added with an address that is read, and its new secret is shown', async () => {
  const said = await run(['add', 'ops', 'webhook', '--default'], 'https://ops.example/secret');
  expect(said).toContain('Added the channel ops, which leads to https://ops.example.');
  expect(said).toContain('whsec_made');
  expect(asked.at(-1)).toEqual([
    'POST',
    '/v1/notice-channels',
    { name: 'ops', kind: 'webhook', default: true, url: 'https://ops.example/secret' },
  ]);
});

test('a channel of mails needs no secret', async () => {
  await run(['add', 'ops', 'email', '--email', 'ops@example.com']);
  expect(asked.at(-1)).toMatchObject([
    'POST',
    '/v1/notice-channels',
    { kind: 'email', email: 'ops@example.com', default: false },
  ]);
});

test('channels are listed, changed, tried and removed by their names', async () => {
  expect(await run(['list'])).toMatch(/ops +webhook +https:\/\/ops\.example +yes/);
  await run(['set', 'ops', '--no-default']);
  expect(asked.at(-1)).toEqual(['PATCH', `/v1/notice-channels/${id}`, { default: false }]);
  await run(['set', id, '--address'], 'https://ops.example/other');
  expect(asked.at(-1)).toEqual([
    ...['PATCH', `/v1/notice-channels/${id}`],
    { url: 'https://ops.example/other' },
  ]);
  expect(await run(['test', 'ops'])).toContain('The test was sent.');
  isSent = false;
  expect(await run(['test', 'ops'])).toContain('The test was not sent. Nobody is there.');
  expect(codes.at(-1)).toBe(1);
  await run(['remove', 'ops']);
  expect(asked.at(-1)).toEqual(['DELETE', `/v1/notice-channels/${id}`, null]);
});

test('what is no kind, and what is no channel, is said', async () => {
  expect(await run(['add', 'ops', 'pager'])).toContain(
    'A channel is one of: email, slack, teams, webhook.',
  );
  expect(await run(['test', 'others'])).toContain('There is no channel "others".');
});

test('who was told of what is listed, with why it could not be sent', async () => {
  const said = await run(['notices', '--waiting', '--stream', 'mirror/p/1']);
  expect(asked.at(-1)).toEqual([
    ...['GET', '/v1/notices?limit=20&waiting=true&stream=mirror%2Fp%2F1', null],
  ]);
  expect(said).toMatch(/escalated +mirror\/p\/1 \(repository_unreachable\) +ops +no: Away\./);
  expect(said).toContain(`${sentAt} (with 49 others)`);
  expect(said).toContain(`${sentAt} (an earlier message stands for it)`);
});
