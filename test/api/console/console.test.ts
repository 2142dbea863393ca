import { readdirSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { apiUnderTest } from '../api-under-test.ts';

/** The console as the build of this run has made it. */
const directory = join(import.meta.dirname, '../../../dist/web');
const { app } = await apiUnderTest({ consoleDirectory: directory });

const asset = `/assets/${readdirSync(join(directory, 'assets')).find((name) => /^index-.*\.js$/.test(name)) ?? ''}`;

/** Asks as a browser does for what one types into its address bar. */
function open(url: string, method: 'GET' | 'HEAD' | 'POST' = 'GET') {
  return app.inject({ method, url, headers: { accept: 'text/html,application/xhtml+xml' } });
}

/** Asks for a file, in one of these encodings. */
function load(url: string, encoding = 'identity') {
  return app.inject({ url, headers: { accept: '*/*', 'accept-encoding': encoding } });
}

describe('the page', () => {
  it.each(['/', '/sign-in', '/mirrors/1/2?tab=a', '/access/people', '/no-such-page'])(
    'is the answer for %s, and is not stored',
    async (url) => {
      const { statusCode, headers, body } = await open(url);
      expect(statusCode).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
      expect(body).toContain('<div id="root">');
      expect(body).toContain(asset);
    },
  );

  it('has a nonce that no other answer has, and that is all its policy allows', async () => {
    const answers = await Promise.all([open('/'), open('/'), open('/sign-in')]);
    const nonces = answers.map(({ headers, body }) => {
      const policy = String(headers['content-security-policy']);
      const [, nonce] = /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy) ?? [];
      expect(body).toContain(`nonce="${nonce}"`);
      expect(body).not.toContain('GITWARD-NONCE');
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).not.toMatch(/unsafe|data:|https?:|\*/);
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("worker-src 'self'");
      return nonce;
    });
    expect(new Set(nonces).size).toBe(3);
  });

  it('has no script or style of its own that the policy would have to allow', async () => {
    const { body } = await open('/');
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(body).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  it('answers HEAD with the same headers and nothing else', async () => {
    const { statusCode, headers, body } = await open('/mirrors/1/2', 'HEAD');
    expect(statusCode).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toBe('');
  });

  it('is not there for POST', async () => {
    const { statusCode, headers } = await open('/mirrors/1/2', 'POST');
    expect(statusCode).toBe(404);
    expect(headers['content-type']).toContain('application/problem+json');
  });

  it('is not there for programs, which do not ask for HTML', async () => {
    const { statusCode, headers } = await load('/mirrors/1/2');
    expect(statusCode).toBe(404);
    expect(headers['content-type']).toContain('application/problem+json');
  });
});

describe('what is no page', () => {
  it.each(['/v1', '/v1/', '/v1/no-such-route', '/v1?a=/', '/assets/none.js', '/metrics/x'])(
    'is a problem document also for a browser: %s',
    async (url) => {
      const { statusCode, headers, body } = await open(url);
      // What begins with /v1 may also say first that one has to sign in.
      expect([401, 404]).toContain(statusCode);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(JSON.parse(body)).toHaveProperty('code');
    },
  );

  it('leaves the routes of the API as they are', async () => {
    expect((await open('/v1/projects')).statusCode).toBe(401);
    expect((await open('/healthz')).statusCode).toBe(200);
    expect((await open('/openapi.json')).json()).toHaveProperty('openapi');
    expect((await open('/docs')).body).not.toContain('<div id="root">');
  });
});

describe('the files of the page', () => {
  it('may be kept for ever, since they are named after their content', async () => {
    const { statusCode, headers } = await load(asset);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringMatching(/^(text|application)\/javascript/),
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('are compressed as %s', async (encoding, decompress) => {
    const [plain, compressed] = await Promise.all([load(asset), load(asset, encoding)]);
    expect(compressed.headers['content-encoding']).toBe(encoding);
    expect(String(compressed.headers.vary).toLowerCase()).toContain('accept-encoding');
    expect(decompress(compressed.rawPayload).equals(plain.rawPayload)).toBe(true);
    expect(compressed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
  });

  it.each([
    '/assets/../index.html',
    '/assets/%2e%2e/index.html',
    '/assets/..%2findex.html',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/%2e%2e%5c..%5cpackage.json',
    '/assets/....//....//package.json',
    '/assets/%00index.html',
    '/assets//etc/passwd',
    '/assets/',
    '/assets',
  ])('are all that one can get from their folder: %s', async (path) => {
    const answer = await getExactly(path);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403|404) /);
    expect(answer).not.toContain('GITWARD-NONCE');
    expect(answer).not.toContain('"dependencies"');
  });
});

/** The whole answer to a path that is sent as it is: clients would tidy it up. */
async function getExactly(path: string): Promise<string> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.write(`GET ${path} HTTP/1.1\r\nhost: gitward\r\nconnection: close\r\n\r\n`);
  });
}
