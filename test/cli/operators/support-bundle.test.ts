import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { sql } from 'kysely';
import { extract } from 'tar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClientIo } from '../../../cli/client/client-command.ts';
import { registerSupportBundle } from '../../../cli/commands/operators/support-bundle.ts';
import { createRedact, secretsOfSettings } from '../../../cli/parts/redaction.ts';
import { examineSettings, readConfig } from '../../../config.ts';
import { recordAudit } from '../../../db/access/audit.ts';
import { hostTokenContext } from '../../../db/access/host-tokens.ts';
import { tokenContext } from '../../../db/mirror/projects.ts';
import { createSealer } from '../../../db/sealing.ts';
import { webhookContext } from '../../../db/knowledge/spaces.ts';
import { insertCredential, putSigningKey } from '../../../db/streams/credentials.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { adminToken, apiUnderTest, withMirror } from '../../api/api-under-test.ts';
import { namespaceEnvironment } from '../../support/temporal.ts';

const masterKey = randomBytes(32);
const oldKey = randomBytes(32);
const api = await apiUnderTest({ sealer: createSealer(masterKey) });
const url = await api.app.listen({ port: 0, host: '127.0.0.1' });
const temporal = await namespaceEnvironment();
const place = await mkdtemp(join(tmpdir(), 'gitward-bundle-test-'));
const dataDir = join(place, 'data');
afterAll(async () => {
  await temporal.teardown();
  await rm(place, { recursive: true, force: true });
});

const privateKey = `-----BEGIN OPENSSH PRIVATE KEY-----\n${randomBytes(60).toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
/** Each kind of secret, as somebody would find it. */
const secrets = {
  masterKey: masterKey.toString('base64'),
  masterKeyInHex: masterKey.toString('hex'),
  oldKey: oldKey.toString('base64'),
  adminToken,
  databasePassword: new URL(api.databaseUrl).password,
  proxyPassword: 'proxy:pass/word-7c1f',
  proxyPasswordInAddress: encodeURIComponent('proxy:pass/word-7c1f'),
  proxyAuthorization: Buffer.from('carol:proxy:pass/word-7c1f').toString('base64'),
  mailPassword: 'mail-password-"55"',
  hostCredential: 'host-credential-91ab',
  sourceToken: 'source-token-3fe0',
  hostToken: 'persons-host-token-77d',
  webhookSecret: 'webhook-secret-0c4',
  signingKey: privateKey.split('\n')[1] ?? '',
  unknownToken: 'ghp_0123456789abcdefghijABCDEFGHIJ012345',
  ownToken: `gw_${randomBytes(32).toString('base64url')}`,
};

const environment: Record<string, string> = {
  PATH: process.env.PATH ?? '',
  DATABASE_URL: api.databaseUrl,
  TEMPORAL_ADDRESS: temporal.address,
  TEMPORAL_NAMESPACE: temporal.namespace ?? '',
  GITWARD_DATA_DIR: dataDir,
  GITWARD_MASTER_KEY: secrets.masterKey,
  GITWARD_MASTER_KEY_PREVIOUS: secrets.oldKey,
  GITWARD_ADMIN_TOKEN: adminToken,
  GITWARD_URL: url,
  HTTPS_PROXY: `http://carol:${secrets.proxyPasswordInAddress}@127.0.0.1:9`,
  GITWARD_SMTP_URL: `smtp://carol:${encodeURIComponent(secrets.mailPassword)}@127.0.0.1:9`,
  GITWARD_MAIL_FROM: 'gitward@example.com',
};

async function bundle(
  args: string[],
  env = environment,
): Promise<{ code: number; out: string; error: string }> {
  const ran = { code: 0, out: '', error: '' };
  const io: ClientIo = {
    env,
    out: (text) => void (ran.out += text),
    error: (text) => void (ran.error += text),
    setExitCode: (code) => void (ran.code = code),
    readInput: () => Promise.resolve(''),
    readSecret: () => Promise.resolve(''),
  };
  const program = new Command('gitward').exitOverride();
  registerSupportBundle(program, io);
  await program.parseAsync(['support-bundle', ...args], { from: 'user' });
  return ran;
}

/** The files of a bundle by their paths, after it was unpacked. */
async function unpacked(file: string): Promise<Map<string, string>> {
  const directory = await mkdtemp(join(place, 'unpacked-'));
  await extract({ file, cwd: directory, strip: 1 });
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, string]> => {
        const path = join(parentPath, name);
        return [path.slice(directory.length + 1), await readFile(path, 'utf8')];
      }),
    ),
  );
}

beforeAll(async () => {
  await mkdir(dataDir, { mode: 0o700 });
  const { db } = api;
  const sealer = createSealer(masterKey);
  await withMirror(api, 'shop');
  const token = secrets.hostCredential;
  const row = { name: 'host', username: 'carol', origin: 'https://git.example', token };
  const credential = await insertCredential(db, sealer, row);
  await putSigningKey(db, sealer, credential?.id ?? '', { privateKey, publicKey: 'ssh-ed25519 A' });
  const made = await api.call('POST', '/v1/projects', {
    ...{ id: 'lake', name: 'Lake' },
    source: { kind: 'sample' },
  });
  expect(made.status).toBe(201);
  const sourceToken = sealer.seal(Buffer.from(secrets.sourceToken), tokenContext('lake'));
  await sql`UPDATE projects SET source_token = ${sourceToken} WHERE id = 'lake'`.execute(db);
  const space = await api.call('POST', '/v1/spaces', {
    ...{ id: 'sales', name: 'Sales' },
    repository: { url: 'https://git.example/sales.git', branch: 'main', credentialId: null },
  });
  expect(space.status).toBe(201);
  const webhook = sealer.seal(
    Buffer.from(JSON.stringify([secrets.webhookSecret])),
    webhookContext('sales'),
  );
  await sql`UPDATE spaces SET webhook_scheme = 'github', webhook_secrets = ${webhook}`.execute(db);
  const personId = crypto.randomUUID();
  const hostTokenId = crypto.randomUUID();
  await sql`INSERT INTO people (id, name, email, role) VALUES (${personId}, 'Eva', 'eva@example.com', 'admin')`.execute(
    db,
  );
  const hostToken = sealer.seal(Buffer.from(secrets.hostToken), hostTokenContext(hostTokenId));
  await sql`INSERT INTO host_tokens (id, person_id, origin, secret) VALUES (${hostTokenId}, ${personId}, 'https://git.example', ${hostToken})`.execute(
    db,
  );

  // Where a secret must not be, and might be all the same: messages, notices, the audit log, and logs.
  const everything = Object.entries(secrets)
    .map(([kind, secret]) => `${kind}=${secret};`)
    .join(' ');
  await recordFailure(db, {
    ...{ stream: 'mirror/shop/1', lane: 'repository', code: 'repository_error' },
    message: `It said: ${everything} ${privateKey} the end`,
    ...{ attemptStartedAt: new Date().toISOString(), nextAttemptAt: new Date().toISOString() },
  });
  await sql`
    INSERT INTO notices (outage_id, kind, recipient, last_error)
    SELECT id, 'outage', 'told@example.com', ${everything} FROM outages`.execute(db);
  await recordAudit(db, {
    ...{ by: { tokenId: null, personId: null }, actor: 'Eva', action: 'mirror.pause' },
    ...{
      target: 'mirror/shop/1',
      requestId: null,
      detail: { [secrets.hostCredential]: everything },
    },
  });
  await writeFile(join(dataDir, 'temporal.log'), `begin ${everything}\n${privateKey}end\n`);
  await temporal.client.workflow.start('mirrorWorkflow', {
    ...{ workflowId: 'mirror/shop/1', taskQueue: 'nobody', args: [] },
  });
});

test('a bundle has all that helps, and no secret of any kind', async () => {
  const file = join(place, 'first.tar.gz');
  const { code, out } = await bundle(['--out', file, '--audit']);
  expect(code).toBe(0);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const files = await unpacked(file);
  for (const [path, text] of files)
    for (const [kind, secret] of Object.entries(secrets)) {
      expect(text, `${kind} in ${path}`).not.toContain(secret);
      const escaped = JSON.stringify(secret).slice(1, -1);
      expect(text, `${kind} in ${path}`).not.toContain(escaped);
    }
  expect(out).not.toContain(secrets.hostCredential);

  // They were there: what is around them is.
  const failures = files.get('failures.json');
  expect(failures).toContain('It said: masterKey=[redacted];');
  expect(failures).toContain('unknownToken=[redacted]');
  expect(failures).toContain('the end');
  expect(failures).not.toContain('told@example.com');
  expect(files.get('audit.json')).toContain('sourceToken=[redacted]');
  expect(files.get('logs/temporal.log')).toMatch(/^begin masterKey=\[redacted\][^]*end\n$/);
  expect(files.get('settings.json')).toContain('"masterKey": "[secret]"');
  expect(files.get('settings.json')).toContain('"GITWARD_MASTER_KEY_PREVIOUS"');
  expect(files.get('settings.json')).toContain('"httpsProxy": "http://127.0.0.1:9"');

  const json = (name: string) => JSON.parse(files.get(name) ?? '') as unknown;
  expect(json('status.json')).toMatchObject({ parts: { database: true } });
  expect(files.get('status.json')).toContain('mirror/shop/1');
  expect(json('schema.json')).toMatchObject({ pending: [], unknown: [] });
  expect(json('tables.json')).toMatchObject({ mirrors: 1, people: 1, saves: 0 });
  expect(json('workflows.json')).toMatchObject([
    { id: 'mirror/shop/1', type: 'mirrorWorkflow', status: 'RUNNING', pendingActivities: [] },
  ]);
  expect(json('versions.json')).toMatchObject({ node: process.versions.node });
  expect(files.get('doctor.json')).toContain('The proxy http://127.0.0.1:9 of HTTPS_PROXY cannot');

  // The list names each file, and what is not there with the reason.
  const contents = files.get('CONTENTS.md') ?? '';
  expect(out).toContain(contents);
  for (const path of files.keys())
    if (path !== 'CONTENTS.md') expect(contents).toContain(`\`${path}\` (`);
  expect(contents).toMatch(/`logs\/postgres\.log`: .* Left out: there is no such log here\./);
});

test('the audit log is only in it if somebody asks, and an existing file is never replaced', async () => {
  const file = join(place, 'second.tar.gz');
  expect((await bundle(['--out', file])).code).toBe(0);
  const files = await unpacked(file);
  expect(files.has('audit.json')).toBe(false);
  expect(files.get('CONTENTS.md')).toContain('nobody asked for it (--audit puts it in)');
  const before = await readFile(file);
  const again = await bundle(['--out', file]);
  expect(again).toMatchObject({
    code: 2,
    error: expect.stringMatching(/exists: name a new file/) as string,
  });
  expect(await readFile(file)).toEqual(before);
  const nowhere = await bundle(['--out', join(place, 'no', 'folder.tar.gz')]);
  expect(nowhere).toMatchObject({
    code: 2,
    error: expect.stringMatching(/cannot be written/) as string,
  });
});

test('nothing that is broken keeps the rest out: no database, no Temporal, no API, bad settings', async () => {
  const file = join(place, 'broken.tar.gz');
  const broken = {
    ...{ PATH: environment.PATH ?? '', GITWARD_DATA_DIR: dataDir, GITWARD_WINDOW: 'soon' },
    DATABASE_URL: 'postgresql://carol:broken-password-1@127.0.0.1:9/x',
    GITWARD_MASTER_KEY: 'not-a-key-but-secret',
  };
  expect((await bundle(['--out', file], broken)).code).toBe(0);
  const files = await unpacked(file);
  expect([...files.keys()].sort()).toEqual(
    ['CONTENTS.md', 'doctor.json', 'logs/temporal.log', 'settings.json', 'versions.json'].sort(),
  );
  const whole = [...files.values()].join('\n');
  expect(whole).toContain('GITWARD_WINDOW is \\"soon\\"');
  expect(whole).not.toContain('broken-password-1');
  expect(whole).not.toContain('not-a-key-but-secret');
  expect(files.get('CONTENTS.md')).toContain('were not compared with, because it cannot be used');
});

test('secrets are recognised in every form, also in settings that cannot be used', () => {
  const env = {
    DATABASE_URL: 'postgresql://u:p%40ss-word@host/db?sslpassword=key-pass-2',
    GITWARD_DATABASE_DIRECT_URL: 'u:direct-pass@nowhere',
    https_proxy: 'carol:pro/xy-pw@proxy:3128/path',
    TEMPORAL_API_KEY: 'temporal-key-3',
    GITWARD_MASTER_KEY: 'too-short-a-key',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=tenant-key-4,authorization=Bearer%20otlp-pass-5',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://u:otlp-pass-6@collector:4318',
  };
  const redact = createRedact(secretsOfSettings(env, examineSettings(env).config));
  const said = [
    'p%40ss-word p@ss-word key-pass-2 direct-pass pro/xy-pw temporal-key-3 too-short-a-key',
    'tenant-key-4 Bearer otlp-pass-5 otlp-pass-6',
    Buffer.from('temporal-key-3').toString('base64'),
    'https://anybody:else@host/x Bearer abcdefgh.ijkl github_pat_11AAAAAAA0 glpat-abcdefghijk',
  ].join(' ');
  const clean = redact(said);
  for (const part of ['word', 'key', 'pass', 'else', 'abcdefgh', '11AAAA', 'dGVtcG9'])
    expect(clean).not.toContain(part);
  expect(clean).toContain('@host/x');
  expect(createRedact(secretsOfSettings({}, readConfig({})))('mirror/shop/1 is held')).toBe(
    'mirror/shop/1 is held',
  );
});
