import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { ConfigError } from '../model/config-error.ts';
import { day, defaultRetention, retentionSettings } from '../model/housekeeping/retention.ts';
import { makeCertificateAuthority } from './support/network/certificate-authority.ts';

function problemsOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('tracing', () => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };

  test('is off without a collector, whatever else is set for other programs', () => {
    const others = { OTEL_TRACES_SAMPLER: 'jaeger_remote', OTEL_EXPORTER_OTLP_HEADERS: '?' };
    expect(readConfig(others).tracing).toBeNull();
    expect(readConfig({ ...endpoint, ...others, OTEL_SDK_DISABLED: 'true' }).tracing).toBeNull();
  });

  test("is set by OpenTelemetry's own variables", () => {
    expect(readConfig(endpoint).tracing).toEqual({
      url: 'http://collector:4318/v1/traces',
      headers: {},
      ...{ sampler: 'parentbased_always_on', ratio: 1, serviceName: 'gitward' },
    });
    expect(
      readConfig({
        ...endpoint,
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/otlp',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20abc==, x-tenant = one',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-tenant=two',
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
        OTEL_SERVICE_NAME: 'git-mirror',
      }).tracing,
    ).toEqual({
      url: 'https://traces.example/otlp',
      headers: { authorization: 'Basic abc==', 'x-tenant': 'two' },
      ...{ sampler: 'parentbased_traceidratio', ratio: 0.25, serviceName: 'git-mirror' },
    });
  });

  test.each([
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'Bearer a-secret'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'collector:a-secret@x'],
  ])('%s may not be %s', (name, value) => {
    const said = problemsOf({ ...endpoint, [name]: value });
    expect(said).toContain(name);
    expect(said).not.toContain('a-secret');
  });
});

describe('settings', () => {
  test('all invalid ones are reported at once, without their secrets', () => {
    const said = problemsOf({
      GITWARD_PORT: '80a',
      GITWARD_WINDOW: 'soon',
      GITWARD_MASTER_KEY: 'short-secret',
      GITWARD_MASTER_KEY_PREVIOUS: `${'ab'.repeat(32)},older-secret`,
      GITWARD_ADMIN_TOKEN: 'weak-secret',
      GITWARD_LOG_LEVEL: 'loud',
      GITWARD_SMTP_URL: 'mail.example:password-secret@x',
      GITWARD_ALLOW_PRIVATE_NETWORK: 'yes',
    });
    for (const name of ['PORT', 'WINDOW', 'MASTER_KEY', 'ADMIN_TOKEN', 'LOG_LEVEL', 'SMTP_URL'])
      expect(said).toContain(`GITWARD_${name}`);
    expect(said.match(/GITWARD_MASTER_KEY_PREVIOUS must be 32 bytes/g)).toHaveLength(1);
    expect(said).toContain('GITWARD_MASTER_KEY must be 32 bytes');
    expect(said).toContain('GITWARD_ALLOW_PRIVATE_NETWORK is "yes"');
    expect(said).not.toContain('secret');
  });

  test.each(['300', '5', '0s', '-5m', 'm', '5 parsecs', '5'.repeat(200) + 's'])(
    'a duration of %j is refused',
    (value) => {
      expect(problemsOf({ GITWARD_RETRY_INTERVAL: value })).toContain('GITWARD_RETRY_INTERVAL');
    },
  );

  test.each([
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['2 minutes', 120_000],
    ['250ms', 250],
  ])('a duration of %j is %i ms', (value, milliseconds) => {
    const { timings } = readConfig({ GITWARD_RETRY_INTERVAL: value });
    expect(timings.retryInterval).toBe(milliseconds);
  });

  test('what is kept is kept for at least as long as Gitward needs it, or for ever', () => {
    expect(readConfig({}).retention).toEqual(defaultRetention);
    const { retention } = readConfig({
      ...{ GITWARD_KEEP_CHANGES: '35d', GITWARD_KEEP_SAVES: 'forever', GITWARD_KEEP_AUDIT: '0' },
      ...{ GITWARD_KEEP_OUTAGES: '2y', GITWARD_KEEP_LOGS: '168h', GITWARD_KEEP_SCORES: '999999y' },
    });
    expect(retention).toEqual({
      ...{ changes: 35 * day, saves: null, audit: null },
      ...{ outages: 730.5 * day, logs: 7 * day, scores: null },
    });
    for (const { variable, least } of Object.values(retentionSettings)) {
      expect(problemsOf({ [variable]: `${least - 1}d` })).toBe(
        `${variable} is "${least - 1}d": use at least ${least}d, because Gitward itself needs what is younger, or forever.`,
      );
      expect(problemsOf({ [variable]: '90' })).toContain('use a duration');
      expect(problemsOf({ [variable]: 'never' })).toContain(variable);
    }
  });

  test('metrics are for this machine, unless there is a token for them', () => {
    const open = 'GITWARD_METRICS_HOST is';
    for (const host of ['0.0.0.0', '::', '10.0.0.7', 'worker.example'])
      expect(problemsOf({ GITWARD_METRICS_HOST: host })).toContain(`${open} "${host}"`);
    for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost'])
      expect(problemsOf({ GITWARD_METRICS_HOST: host })).toBe('');
    const token = { GITWARD_METRICS_HOST: '0.0.0.0', GITWARD_METRICS_TOKEN: 'x'.repeat(16) };
    expect(readConfig(token).metrics).toMatchObject({ host: '0.0.0.0', port: 9_464 });
    const off = { GITWARD_METRICS_HOST: '0.0.0.0', GITWARD_WORKER_METRICS_PORT: 'off' };
    expect(readConfig(off).metrics.port).toBeNull();
    const weak = problemsOf({ GITWARD_METRICS_TOKEN: 'weak-secret' });
    expect(weak).toContain('GITWARD_METRICS_TOKEN must be');
    expect(weak).not.toContain('secret');
  });

  test('how many projects and branches metrics tell apart is all, off, or a number', () => {
    const limits = (value: string) =>
      readConfig({ GITWARD_METRICS_PROJECTS: value }).metrics.limits.projects;
    expect([limits('all'), limits('off'), limits('top:7'), limits('')]).toEqual([null, 0, 7, 50]);
    for (const value of ['top', 'top:0', 'top:-1', 'top:1.5', '50', 'top:1000000', 'ALL'])
      expect(problemsOf({ GITWARD_METRICS_BRANCHES: value })).toContain(
        `GITWARD_METRICS_BRANCHES is "${value}"`,
      );
  });

  test('previous master keys are a list, in base64 or hex', () => {
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const;
    const list = `${keys[0].toString('hex')}, ${keys[1].toString('base64')}`;
    expect(readConfig({ GITWARD_MASTER_KEY_PREVIOUS: list }).previousMasterKeys).toEqual(keys);
    expect(readConfig({ GITWARD_MASTER_KEY_PREVIOUS: '' }).previousMasterKeys).toEqual([]);
  });

  test('the public address is a scheme, a host and a port', () => {
    const address = (value: string) => readConfig({ GITWARD_PUBLIC_URL: value }).publicUrl;
    expect(readConfig({}).publicUrl).toBeNull();
    expect(address('https://gitward.example/')).toBe('https://gitward.example');
    expect(address('http://localhost:8080')).toBe('http://localhost:8080');
    for (const value of [
      'gitward.example',
      'https://x/y',
      'ftp://x',
      'https://a:b@x',
      'https://x?y',
    ])
      expect(problemsOf({ GITWARD_PUBLIC_URL: value })).toContain('GITWARD_PUBLIC_URL');
  });

  test('trusted proxies are addresses and networks, and never everyone', () => {
    const trusted = (value: string) => readConfig({ GITWARD_TRUST_PROXY: value }).trustedProxies;
    expect(trusted('10.0.0.0/8, 192.0.2.1,fd00::/8')).toBe('10.0.0.0/8,192.0.2.1,fd00::/8');
    expect(trusted('')).toBeNull();
    for (const value of [
      'true',
      '1',
      '*',
      'proxy.example',
      '10.0.0.0/8,',
      '10.0.0.0/33',
      '0.0.0.0/0',
      '::/0',
    ])
      expect(problemsOf({ GITWARD_TRUST_PROXY: value })).toContain('GITWARD_TRUST_PROXY has "');
  });

  test('proxies are read as other programs read them', () => {
    const { https, http, isExempt } = readConfig({
      HTTPS_PROXY: 'http://upper.example:1',
      https_proxy: 'http://carol:secret@lower.example:3128',
      HTTP_PROXY: 'https://other.example',
      NO_PROXY: '.upper.example',
      no_proxy: '.corp, 10.0.0.0/8',
    }).network.proxies;
    expect(https).toEqual({
      origin: 'http://lower.example:3128',
      authorization: `Basic ${Buffer.from('carol:secret').toString('base64')}`,
      setting: 'https_proxy',
    });
    expect(http).toEqual({
      ...{ origin: 'https://other.example', authorization: null, setting: 'HTTP_PROXY' },
    });
    expect(['git.corp', '10.1.1.1', 'a.upper.example'].map((host) => isExempt(host, 443))).toEqual([
      ...[true, true, false],
    ]);
    expect(readConfig({}).network).toMatchObject({
      proxies: { https: null, http: null },
      trustProxyDns: false,
      certificates: { files: [], pem: [] },
    });
  });

  test('a proxy that is none is reported without its password', () => {
    for (const value of ['socks5://carol:secret@x', 'http://carol:secret@x/path', 'http://a b']) {
      const said = problemsOf({ HTTPS_PROXY: value, GITWARD_TRUST_PROXY_DNS: 'maybe' });
      expect(said).toContain('HTTPS_PROXY is not the address of an HTTP proxy such as http://');
      expect(said).toContain('GITWARD_TRUST_PROXY_DNS is "maybe"');
      expect(said.replace('user:password', '')).not.toContain('secret');
    }
  });

  test('certificates are read from the files that are named, each once', async () => {
    const authority = await makeCertificateAuthority();
    const { file } = authority;
    const two = join(dirname(file), 'two.pem');
    await writeFile(two, `# Ours\n${await readFile(file, 'utf8')}\n${rootCertificates[0] ?? ''}\n`);
    const { certificates } = readConfig({ GITWARD_CA_FILE: file, SSL_CERT_FILE: two }).network;
    expect(certificates.files).toEqual([file, two]);
    expect(certificates.pem).toHaveLength(2);

    const damaged = join(dirname(file), 'damaged.pem');
    const pem = await readFile(file, 'utf8');
    await writeFile(damaged, `${pem}\n${pem.replace(/MII\w{8}/, 'AAAAAAAAAAA')}`);
    const key = join(dirname(file), 'ca.key');
    expect(problemsOf({ GITWARD_CA_FILE: damaged })).toContain(
      `GITWARD_CA_FILE is "${damaged}", which contains a certificate that is damaged (number 2).`,
    );
    expect(problemsOf({ GITWARD_CA_FILE: key })).toContain('contains no certificate in PEM');
    expect(problemsOf({ SSL_CERT_FILE: '/nowhere.pem' })).toBe(
      'SSL_CERT_FILE is "/nowhere.pem", which cannot be read (ENOENT).',
    );
    expect(problemsOf({ GITWARD_CA_FILE: dirname(file) })).toContain('cannot be read (EISDIR)');
    await authority.remove();
  });

  test('the memory of a worker is enough for one that does nothing', () => {
    expect(readConfig({}).workerMemory).toBe(1_024);
    expect(readConfig({ GITWARD_MAX_WORKER_MIB: '2048' }).workerMemory).toBe(2_048);
    for (const value of ['2GB', '-1', '100', '1e3', '0.5'])
      expect(problemsOf({ GITWARD_MAX_WORKER_MIB: value })).toContain(
        `GITWARD_MAX_WORKER_MIB is "${value}"`,
      );
  });

  test('npm and npx are recognized by the variables that they set for their scripts', () => {
    expect(readConfig({}).startedByNpm).toBe(false);
    expect(readConfig({ npm_lifecycle_event: 'start' }).startedByNpm).toBe(true);
  });

  test('notifications come directly from the database if its direct URL is set', () => {
    expect(readConfig({ DATABASE_URL: 'postgres://pooler/g' }).databaseDirectUrl).toBeNull();
    const direct = { GITWARD_DATABASE_DIRECT_URL: 'postgres://db/g' };
    expect(readConfig(direct).databaseDirectUrl).toBe('postgres://db/g');
  });

  test('saves are collected for 3 s and branches are polled every minute by default', () => {
    expect(readConfig({}).timings).toMatchObject({ saveWindow: 3_000, pollInterval: 60_000 });
    const told = { GITWARD_SAVE_WINDOW: '300ms', GITWARD_POLL_INTERVAL: '10s' };
    expect(readConfig(told).timings).toMatchObject({ saveWindow: 300, pollInterval: 10_000 });
    for (const name of Object.keys(told)) expect(problemsOf({ [name]: 'soon' })).toContain(name);
  });

  test.each([
    ['127.0.0.1', 'http://127.0.0.1:8080'],
    ['::', 'http://127.0.0.1:8080'],
    ['::1', 'http://[::1]:8080'],
  ])('an API on %s is reached at %s', (host, url) => {
    expect(readConfig({ GITWARD_HOST: host }).client.url).toBe(url);
  });
});
