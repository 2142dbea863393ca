import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { afterAll, describe, expect, test } from 'vitest';
import type { ClientIo } from '../../../cli/client/client-command.ts';
import { registerCredentials } from '../../../cli/commands/access/credentials.ts';
import { registerEvents } from '../../../cli/commands/mirror/events.ts';
import { registerMirrors } from '../../../cli/commands/mirror/mirrors.ts';
import { registerProjects } from '../../../cli/commands/mirror/projects.ts';
import { registerTokens } from '../../../cli/commands/access/tokens.ts';
import { registerVerify } from '../../../cli/commands/mirror/verify.ts';
import { putVerification } from '../../../db/mirror/verifications.ts';
import { failedVerification } from '../../../model/mirror/verification.ts';
import { startBehindAProxy } from '../../support/network/behind-a-proxy.ts';
import { adminToken, apiUnderTest, configChanged } from '../../api/api-under-test.ts';

const api = await apiUnderTest();
const url = await api.app.listen({ port: 0, host: '127.0.0.1' });
const dataDir = await mkdtemp(join(tmpdir(), 'gitward-client-'));
afterAll(() => rm(dataDir, { recursive: true, force: true }));
await writeFile(join(dataDir, 'admin-token'), `${adminToken}\n`);

interface Ran {
  code: number;
  out: string;
  error: string;
}

async function gitward(
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', error: '' };
  const io: ClientIo = {
    env: { GITWARD_URL: url, GITWARD_DATA_DIR: dataDir, ...env },
    out: (text) => void (ran.out += text),
    error: (text) => void (ran.error += text),
    setExitCode: (code) => void (ran.code = code),
    readInput: () => Promise.resolve(input),
    readSecret: () => Promise.resolve(input.trim()),
  };
  const program = new Command('gitward')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.error(text) });
  for (const register of [
    registerProjects,
    registerMirrors,
    registerEvents,
    registerCredentials,
    registerTokens,
    registerVerify,
  ])
    register(program, io);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // As cli/main.ts does.
    ran.code = error.exitCode === 0 ? 0 : 2;
  }
  return ran;
}

const repository = 'https://git.example/cli.git';

describe('an API behind a proxy, with a certificate of a private authority,', () => {
  test('is reached as the environment says', async () => {
    const network = await startBehindAProxy();
    const front = await network.addHost(url, 'gitward.example:443', '127.0.0.1:443');
    const behind = { HTTPS_PROXY: network.proxy.url, GITWARD_CA_FILE: network.authority.file };
    const list = (env: Record<string, string>) =>
      gitward(['credentials', 'list'], { env: { GITWARD_URL: 'https://gitward.example', ...env } });
    expect((await list(behind)).code).toBe(0);
    expect(network.proxy.asked).toEqual([{ authority: 'gitward.example:443', authorized: true }]);

    const unknown = await list({ HTTPS_PROXY: network.proxy.url });
    expect(unknown.code).toBe(3);
    expect(unknown.error).toContain('GITWARD_CA_FILE');
    const refused = await list({ ...behind, HTTPS_PROXY: network.proxy.origin });
    expect(refused.error).toContain(`The proxy ${network.proxy.origin} asks for a user`);

    network.proxy.asked.length = 0;
    const own = await list({ ...behind, GITWARD_URL: `https://127.0.0.1:${front.port}` });
    expect([own.code, network.proxy.asked]).toEqual([0, []]);
    await network.close();
  });
});

describe('a mirror from the command line', () => {
  test('from a project to commits', async () => {
    expect(await gitward(['projects', 'add', 'demo', '--sample'])).toEqual({
      code: 0,
      out: 'Added project demo (Project demo).\n',
      error: '',
    });
    const secret = 'a-token-of-a-host';
    const add = ['credentials', 'add', 'host'];
    expect((await gitward(add, { input: secret })).error).toContain("option '--origin <host>'");
    const added = await gitward([...add, '--origin', repository, '--json'], { input: secret });
    expect(added.code).toBe(0);
    expect(JSON.parse(added.out).origin).toBe(new URL(repository).origin);
    expect(added.out).not.toContain(secret);
    const enabled = await gitward([
      ...['mirrors', 'enable', 'demo', 'default', '--repository', repository],
      ...['--credential', 'host', '--notify', 'ops@example.com', '--sample-rows', '10'],
    ]);
    expect(enabled.error).toBe('');
    expect(enabled.out).toContain('state       initializing');
    const shown = JSON.parse((await gitward(['mirrors', 'show', 'demo', '--json'])).out);
    expect(shown).toMatchObject({
      branchId: '1',
      repository: { url: repository, branch: 'main', credentialId: JSON.parse(added.out).id },
      samples: { enabled: false, rows: 10 },
      notify: { emails: ['ops@example.com'] },
    });
    for (const verb of ['refresh', 'retry', 'pause', 'resume', 'approve'])
      expect((await gitward(['mirrors', verb, 'demo', '1'])).code).toBe(0);
    const hold = await gitward(['mirrors', 'hold', 'demo', '1']);
    expect([hold.code, hold.error]).toEqual([1, expect.stringContaining('not_held')]);
    const approve = await gitward(['mirrors', 'approve', 'demo', '1', '--tip', 'main']);
    expect([approve.code, approve.error]).toEqual([1, expect.stringContaining('invalid_request')]);
    expect((await gitward(['mirrors', 'commits', 'demo', '1'])).out).toBe('No commits yet.\n');
    expect((await gitward(['mirrors', 'health', 'demo', '--period', 'week'])).out).toBe(
      'Nothing happened in the last week.\n',
    );
    const list = (await gitward(['mirrors', 'list'])).out.split('\n');
    expect(list[0]).toMatch(/^PROJECT {2}BRANCH {2}STATE/);
    expect(list[1]).toMatch(/^demo {5}1 {7}initializing/);
  });

  test('what was refused is replaced: a credential by its name, the token of a source', async () => {
    const rotated = await gitward(['credentials', 'rotate', 'host', '--username', 'robot'], {
      input: 'another-token',
    });
    expect(rotated).toMatchObject({
      ...{ code: 0, out: 'Rotated credential host for https://git.example.\n' },
    });
    const [credential] = JSON.parse((await gitward(['credentials', 'list', '--json'])).out);
    expect(credential).toMatchObject({ username: 'robot', rotatedAt: expect.any(String) });
    expect((await gitward(['credentials', 'remove', 'nobody'])).code).toBe(2);
    expect((await gitward(['credentials', 'remove', 'host'])).error).toContain('in_use');

    api.source.projectId = 'shop';
    const source = 'https://connection.example/';
    const add = ['projects', 'add', 'shop', '--source', source];
    expect((await gitward(add, { input: 'old-token' })).code).toBe(0);
    const changed = await gitward(['projects', 'rotate', 'shop'], { input: 'new-token' });
    api.source.projectId = null;
    expect(changed).toEqual({ code: 0, out: 'Rotated the token of project shop.\n', error: '' });
    expect(api.source.opened.at(-1)).toEqual({ kind: 'keboola', url: source, token: 'new-token' });
    const labels = ['--plan-tier', 'gold', '--region', 'eu'];
    expect((await gitward(['projects', 'change', 'shop', '--name', 'Shop', ...labels])).out).toBe(
      'Changed project shop (Shop).\n',
    );
    expect((await gitward(['projects', 'change', 'shop', '--region', ''])).code).toBe(0);
    const shown = await gitward(['projects', 'show', 'shop']);
    expect(shown.out).toContain('plan tier  gold');
    expect(shown.out).not.toContain('region');
    expect((await gitward(['projects', 'change', 'shop'])).error).toContain('Give --name');
    await gitward(['projects', 'remove', 'shop']);
  });

  test('a request for a verification is not answered with an earlier verdict', async () => {
    const verdict = {
      outcome: 'identical' as const,
      failure: null,
      commit: null,
      files: 3,
      differenceCount: 0,
      differences: [],
    };
    const store = (checkedAt: string) =>
      putVerification(api.db, 'mirror/demo/1', { ...verdict, checkedAt });
    const ask = () => gitward(['verify', 'demo', '1', '--patience', '0.1']);
    expect(await ask()).toMatchObject({
      code: 1,
      error: expect.stringContaining('never_verified'),
    });
    await store('2026-01-01T00:00:00.000Z');
    expect(await ask()).toMatchObject({
      code: 1,
      out: expect.stringContaining('There was no verdict within 0.1 s'),
    });
    expect(await gitward(['verify', 'demo', '1', '--last'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Git equals the source/),
    });
    await store(new Date(Date.now() + 60_000).toISOString());
    expect(await ask()).toMatchObject({ code: 0, error: '' });

    // One that began before it and ended after it does not take its place.
    await store('2026-01-02T00:00:00.000Z');
    expect(await ask()).toMatchObject({ code: 0 });
  });

  test('a verification that could not be made says why at once', async () => {
    const message = 'Project demo has no branch 1 any more.';
    const later = new Date(Date.now() + 120_000).toISOString();
    const failed = failedVerification(later, { code: 'source_not_found', message });
    await putVerification(api.db, 'mirror/demo/1', failed);
    const told = await gitward(['verify', 'demo', '1']);
    expect(told).toMatchObject({ code: 1, out: expect.stringContaining(message) });
    expect(told.out).toMatch(/^There is no verdict/);
  });

  test('text from outside cannot control the terminal', async () => {
    await api.db
      .updateTable('mirrors')
      .set({
        warnings: JSON.stringify([{ owner: 'config/1/a/b', message: 'Odd \u001b[2J\nname' }]),
      })
      .where('projectId', '=', 'demo')
      .execute();
    const { out } = await gitward(['mirrors', 'show', 'demo', '1']);
    expect(out).toContain('  warning: config/1/a/b: Odd  [2J name');
  });

  test('events from a file, from lines, and what was rejected', async () => {
    const file = join(dataDir, 'events.json');
    await writeFile(file, JSON.stringify([configChanged('demo', 'a'), configChanged('demo', 'b')]));
    expect(await gitward(['events', 'send', file])).toMatchObject({
      code: 0,
      out: '2 accepted, 0 already known, 0 rejected\n',
    });
    const lines = [
      ...Array.from({ length: 1_500 }, (_, i) => configChanged('demo', `line-${i}`)),
      configChanged('demo', 'a', 0),
    ];
    const sent = await gitward(['events', 'send', '-'], {
      input: lines.map((line) => JSON.stringify(line)).join('\n'),
    });
    expect(sent.code).toBe(1);
    expect(sent.out).toContain('1500 accepted, 0 already known, 1 rejected');
    expect(sent.out).toContain('event 1500: /newVersion');
    const changes = await gitward(['mirrors', 'changes', 'demo', '--limit', '3', '--json']);
    expect(JSON.parse(changes.out)).toMatchObject([
      { sequence: 1502 },
      { sequence: 1501 },
      { sequence: 1500 },
    ]);
  });

  test('ending and removing', async () => {
    expect((await gitward(['projects', 'remove', 'demo'])).code).toBe(1);
    expect((await gitward(['mirrors', 'end', 'demo', '1'])).out).toContain('state    ended');
    expect((await gitward(['projects', 'remove', 'demo'])).code).toBe(0);
    expect((await gitward(['projects', 'list'])).out).toContain('No projects.');
  });

  test('a new token is all that stands on standard output, and it works', async () => {
    const made = await gitward(['tokens', 'create', 'ci', '--role', 'reader', '--projects', 'all']);
    expect(made.out).toMatch(/^gw_[\w-]{43}\n$/);
    const env = { GITWARD_TOKEN: made.out.trim() };
    expect((await gitward(['projects', 'list'], { env })).code).toBe(0);
    expect((await gitward(['tokens', 'list'], { env })).error).toContain('role_insufficient');
  });

  test('a token expires in a year, on a day, or never, and its holder is warned in time', async () => {
    const create = ['tokens', 'create', 'x', '--role', 'reader', '--projects', 'all', '--expires'];
    const in20Days = new Date(Date.now() + 20 * 86_400_000).toISOString();
    const soon = await gitward([...create, in20Days]);
    const listed = await gitward(['projects', 'list'], { env: { GITWARD_TOKEN: soon.out.trim() } });
    expect(listed.error).toBe(
      `gitward: Your token expires at ${in20Days}. Ask an admin for another.\n`,
    );
    const never = await gitward([...create, 'never']);
    expect(
      (await gitward(['projects', 'list'], { env: { GITWARD_TOKEN: never.out.trim() } })).error,
    ).toBe('');
    const { out } = await gitward(['tokens', 'list']);
    expect(out).toContain(in20Days);
    expect(out).toContain('never');
    for (const bad of ['2020-01-01', 'soon'])
      expect((await gitward([...create, bad])).error).toContain('--expires');
  });

  test('a token that could access nothing is not made', async () => {
    const made = await gitward(['tokens', 'create', 'nothing', '--role', 'reader']);
    expect(made).toMatchObject({ code: 2, error: expect.stringContaining('give --projects') });
  });

  test('a token is given spaces, some of them by kind and role', async () => {
    const create = ['tokens', 'create', 'writer', '--role', 'editor', '--spaces'];
    const made = await gitward([...create, 'sales:skill,document=reader', 'support', '--json']);
    expect(JSON.parse(made.out)).toMatchObject({
      spaces: [
        { space: 'sales', kinds: ['skill', 'document'], role: 'reader' },
        { space: 'support', kinds: null, role: 'editor' },
      ],
    });
    const { out } = await gitward(['tokens', 'list']);
    expect(out).toContain('sales:skill,document=reader support=editor');
    expect((await gitward([...create, 'sales:'])).code).toBe(2);
  });
});

describe('exit codes', () => {
  test('1: refused, with the reason; as JSON the problem', async () => {
    const refused = await gitward(['mirrors', 'show', 'none', '1', '--json']);
    expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('no mirror') });
    expect(JSON.parse(refused.out)).toMatchObject({ code: 'mirror_not_found', status: 404 });
  });

  test.each([
    [['projects', 'add', 'x']],
    [['projects', 'fly']],
    [['mirrors', 'enable', 'x', '1']],
    [['mirrors', 'changes', 'x', '1', '--limit', '0']],
    [['events', 'send', '/does/not/exist']],
    [['projects', 'list', '--url', 'nonsense']],
  ])('2: %j', async (args) => {
    const { code, error } = await gitward(args);
    expect(code).toBe(2);
    expect(error).not.toBe('');
  });

  test('2: no token', async () => {
    const { code, error } = await gitward(['projects', 'list'], {
      env: { GITWARD_DATA_DIR: '/does/not/exist' },
    });
    expect(code).toBe(2);
    expect(error).toContain('GITWARD_TOKEN');
  });

  test('3: no server answers, or one that is not Gitward', async () => {
    const closed = await gitward(['projects', 'list', '--url', 'http://127.0.0.1:1']);
    expect(closed).toMatchObject({ code: 3, error: expect.stringContaining('gitward start') });
    const other = createServer((_request, response) => response.end('<html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const foreign = await gitward(['projects', 'list', '--url', `http://127.0.0.1:${port}`]);
    other.close();
    expect(foreign).toMatchObject({ code: 3, error: expect.stringContaining('not JSON') });
  });

  test('0: whoever reads the output stops early', async () => {
    const child = spawn(process.execPath, ['dist/cli/main.js', 'tokens', 'list'], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      env: { PATH: process.env.PATH, GITWARD_URL: url, GITWARD_TOKEN: adminToken },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    const [[code], error] = await Promise.all([once(child, 'close'), text(child.stderr)]);
    expect({ code: code as unknown, error }).toEqual({ code: 0, error: '' });
  });

  test('help tells them', async () => {
    const { code, out } = await gitward(['mirrors', 'show', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Exit codes: 0');
  });
});
