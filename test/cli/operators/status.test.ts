import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Command, CommanderError } from 'commander';
import { beforeEach, expect, test } from 'vitest';
import type { ClientIo } from '../../../cli/client/client-command.ts';
import { createApiClient } from '../../../cli/client/api-client.ts';
import { registerStatus } from '../../../cli/commands/operators/status.ts';
import type { Status } from '../../../cli/status/read-status.ts';
import { watchStatus } from '../../../cli/status/watch-status.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { freePort } from '../../../embedded/free-port.ts';
import { adminToken, apiUnderTest, configChanged, withMirror } from '../../api/api-under-test.ts';

const api = await apiUnderTest();
const url = await api.app.listen({ port: 0, host: '127.0.0.1' });

async function status(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const ran = { code: 0, out: '', error: '' };
  const io: ClientIo = {
    env: { GITWARD_URL: url, GITWARD_TOKEN: adminToken },
    out: (text) => void (ran.out += text),
    error: (text) => void (ran.error += text),
    setExitCode: (code) => void (ran.code = code),
    readInput: () => Promise.resolve(''),
    readSecret: () => Promise.resolve(''),
  };
  const program = new Command('gitward')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  registerStatus(program, io);
  try {
    await program.parseAsync(['status', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    ran.code = 2;
  }
  return ran;
}

async function statusJson(): Promise<Status> {
  return JSON.parse((await status('--json')).out) as Status;
}

function fail(
  stream: string,
  code: 'repository_unreachable' | 'credential_refused' | 'history_lost',
) {
  return recordFailure(api.db, {
    ...{ stream, lane: 'repository', code, message: `It said: ${code}` },
    ...{
      attemptStartedAt: new Date(Date.now() - 10 * 60_000).toISOString(),
      nextAttemptAt: new Date().toISOString(),
    },
  });
}

beforeEach(async () => {
  api.temporal.away = false;
  await sql`DELETE FROM outages`.execute(api.db);
});

test('nothing there yet is nothing that needs somebody', async () => {
  const { code, out } = await status();
  expect(out).toContain('API ok · database ok · Temporal ok · worker ok · master key ok');
  expect(out).toContain('No mirrors and no spaces yet.');
  expect(code).toBe(0);
});

test('mirrors and spaces are listed with what waits and why, the worst first', async () => {
  for (const id of ['calm', 'trying', 'refused', 'lost']) {
    await withMirror(api, id);
    await sql`UPDATE mirrors SET initialized_at = now(), resync_reason = NULL WHERE project_id = ${id}`.execute(
      api.db,
    );
  }
  await api.call('POST', '/v1/events', [configChanged('trying', '7')]);
  await fail('mirror/trying/1', 'repository_unreachable');
  expect((await status()).code).toBe(0);

  await fail('mirror/refused/1', 'credential_refused');
  await fail('mirror/lost/1', 'history_lost');
  const { code, out } = await status();
  expect(code).toBe(1);
  expect(out).toContain('2 need somebody.');
  const lines = out.split('\n').filter((line) => /^!? +mirror\/\S+ /.test(line));
  expect(lines.map((line) => line.split(/ +/).slice(0, 4))).toEqual([
    ['!', 'mirror/lost/1', 'held', '-'],
    ['!', 'mirror/refused/1', 'retrying', '-'],
    ['', 'mirror/trying/1', 'retrying', '1'],
  ]);
  expect(out).toContain(
    'failing for 10 min (1 attempt): It said: credential_refused (credential_refused)',
  );
  expect(out).toContain('and 1 more');
  expect((await status('--all')).out).toContain('mirror/calm/1');

  await sql`UPDATE mirrors SET paused_at = now() WHERE project_id IN ('lost', 'refused')`.execute(
    api.db,
  );
  expect((await status()).code).toBe(0);
});

test('a space tells what waits for people; conflicts and files to accept count, reviews do not', async () => {
  const made = await api.call('POST', '/v1/spaces', {
    ...{ id: 'sales', name: 'Sales' },
    repository: { url: 'https://git.example/sales.git', branch: 'main', credentialId: null },
  });
  expect(made.status).toBe(201);
  await sql`UPDATE spaces SET synced_at = now() WHERE id = 'sales'`.execute(api.db);
  await sql`
    INSERT INTO reviews (id, space_id, number, title, description, author, authors, needs, kinds, state, branch)
    VALUES (gen_random_uuid(), 'sales', 1, 'T', '', '{}', '[]', '[]', '{note}', 'open', 'b')`.execute(
    api.db,
  );
  const space = async () => (await statusJson()).streams?.find(({ id }) => id === 'space/sales');
  expect(await space()).toMatchObject({
    undecided: { conflicts: 0, heldSaves: 0, reviews: 1, files: false },
    needsSomebody: false,
  });
  await sql`UPDATE spaces SET held_kinds = ${'a'.repeat(64)} WHERE id = 'sales'`.execute(api.db);
  expect(await space()).toMatchObject({ undecided: { files: true }, needsSomebody: true });
  expect((await status()).out).toMatch(
    /^! +space\/sales +synced .* 1 review, files to accept +Sales$/m,
  );
  await sql`UPDATE spaces SET held_kinds = NULL WHERE id = 'sales'`.execute(api.db);
});

test('a part that is missing needs somebody, and an API that does not answer is exit code 3', async () => {
  api.temporal.away = true;
  const { code, out } = await status();
  expect(out).toContain('database ok · Temporal MISSING · worker MISSING');
  expect(code).toBe(1);
  expect((await statusJson()).parts).toMatchObject({ api: true, temporal: false, database: true });
  const nowhere = `http://127.0.0.1:${await freePort('127.0.0.1', 0)}`;
  const away = await status('--url', nowhere);
  expect(away.code).toBe(3);
  expect(away.error).toContain('The API does not answer');
});

test('a caller who sees less is told less', async () => {
  const token = await api.token({ role: 'reader', projects: ['calm'], spaces: [] });
  const client = createApiClient({ url, token });
  const { items } = await client.send('GET /v1/overview', {});
  expect(items.map(({ id }) => id)).toEqual(['mirror/calm/1']);
});

test('watching draws again and again, also while the API is away, until it is ended', async () => {
  const drawn: string[] = [];
  const ended = new AbortController();
  const options = { interval: 20, all: false, signal: ended.signal };
  let isAway = false;
  const client = createApiClient({
    ...{ url, token: adminToken },
    fetch: (address, request) =>
      isAway ? Promise.reject(new Error('gone')) : fetch(address, request),
  });
  const watching = watchStatus(client, { ...options, draw: (text) => drawn.push(text) });
  const until = async (found: (text: string) => boolean) => {
    while (!found(drawn.at(-1) ?? '')) await sleep(10);
  };
  await until((text) => text.includes('API ok') && text.includes('Ctrl-C ends'));
  isAway = true;
  await until((text) => text.includes('API MISSING'));
  isAway = false;
  await until((text) => text.includes('API ok'));
  ended.abort();
  expect(await watching).toBe(false);
  const after = drawn.length;
  await sleep(60);
  expect(drawn).toHaveLength(after);
});

test.each([
  [['--watch', '--json'], /leave it out/],
  [['--watch', '--interval', '4000'], /from 1 to 3600/],
])('%j is refused', async (args, words) => {
  const { code, error } = await status(...args);
  expect(code).toBe(2);
  expect(error).toMatch(words);
});
