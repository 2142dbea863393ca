import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StreamFailure, Unreachable, type FailureCode } from '../../../model/streams/errors.ts';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import type { RequestLimits } from '../../../platforms/keboola/source/storage-api-client.ts';
import type { ConfigurationSource as Source } from '../../../platforms/configurations/configuration-source.ts';
import { caseProject, keboolaCases } from '../../support/mirror/keboola-cases.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';

const token = '12345-secret-token';
const dispatcher = new Agent();
const signal = new AbortController().signal;
const limits: Partial<RequestLimits> = { timeout: 2_000, backoff: { base: 1, max: 20 } };

let api: StorageApi;
beforeEach(async () => {
  api = await startStorageApi({ token });
});
afterEach(() => api.close());
afterAll(() => dispatcher.destroy());

function source(
  over: { url?: string; token?: string; limits?: Partial<RequestLimits> } = {},
): Source {
  return createKeboolaSource({
    url: over.url ?? api.url,
    token: over.token ?? token,
    dispatcher,
    checkUrl: (url) => new URL(url).href,
    limits: { ...limits, ...over.limits },
  });
}

async function failureOf(reading: Promise<unknown>): Promise<StreamFailure> {
  const error: unknown = await reading.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (!(error instanceof StreamFailure)) throw error;
  expect(error.message).not.toContain(token);
  return error;
}

describe('reading', () => {
  test('says which project the token is for, and its branches', async () => {
    expect(await source().verify({ signal })).toEqual({ projectId: '12345', projectName: 'Shop' });
    expect(await source().listBranches({ signal })).toEqual([
      { id: '1000', name: 'Main', isDefault: true },
      { id: '1001', name: 'New pricing', isDefault: false },
    ]);
  });

  test('takes three calls, and five more for each branch', async () => {
    const project = await source().readProject(['1000', 'gone'], { signal });
    expect(project.branches.map(({ name }) => name)).toEqual(['Main']);
    const called = Object.entries(api.calls).filter(([, count]) => count > 0);
    expect(Object.fromEntries(called)).toEqual({
      index: 1,
      'tokens-verify': 1,
      'dev-branches': 1,
      components: 1,
      metadata: 1,
      'component-configurations': 1,
      buckets: 1,
      tables: 1,
    });
  });

  test('does not touch storage if it is not wanted', async () => {
    const project = await source().readProject(['1000'], { signal, storage: false });
    expect(project.branches[0]!.storage).toBeNull();
    expect(api.calls).toMatchObject({ components: 1, buckets: 0, tables: 0 });
  });

  test('gives the version of a change, with its author, time and description', async () => {
    const key = { componentId: 'keboola.ex-db-mysql', configId: '7' };
    const event = api.change(key, {
      author: 'adam@example.com',
      at: new Date('2026-05-01T12:30:00Z'),
      changeDescription: 'One more column',
      configuration: { 10: 'ten', 2: 'two' },
    });
    expect(event).toMatchObject({ branchId: '1000', newVersion: 2, author: 'adam@example.com' });
    const project = await source().readProject(['1000'], { signal });
    const [orders, customers] = project.branches[0]!.configurations;
    expect(orders).toMatchObject({
      version: 2,
      author: 'adam@example.com',
      changedAt: '2026-05-01T12:30:00.000Z',
      changeDescription: 'One more column',
    });
    expect(orders!.rows.map(({ id }) => id)).toEqual(['700', '701']);
    // Its first version has no `currentVersion`, so what the platform says of its creation is used.
    expect(customers).toMatchObject({
      version: 1,
      author: 'eva@example.com',
      changedAt: '2026-01-01T00:00:00.000Z',
    });
  });

  test.each([null, [], [1], 'text', 7])(
    'reads the others, too, if one has %j instead of an object',
    async (configuration) => {
      const [orders, customers] = api.project.branches[0]!.configurations;
      Object.assign(orders!, { configuration });
      Object.assign(orders!.rows[0]!, { configuration: null });
      const project = await source().readProject(['1000'], { signal });
      const [odd, even] = project.branches[0]!.configurations;
      expect(odd).toMatchObject({ id: orders!.id, oddContent: configuration });
      expect(odd?.content.size).toBe(0);
      expect(odd?.rows[0]).toMatchObject({ oddContent: null });
      expect(even?.id).toBe(customers!.id);
      expect(even).not.toHaveProperty('oddContent');
    },
  );

  test('keeps numbers that a 64-bit float cannot hold, of each configuration and row', async () => {
    const [orders] = api.project.branches[0]!.configurations;
    orders!.configuration = { a: ['exact:9007199254740993', 1] };
    orders!.rows[1]!.configuration = { b: 'exact:1e400' };
    const calls = [
      ['components', 'components?include=configuration,rows'],
      ['configuration', 'components/keboola.ex-db-mysql/configs/7'],
    ] as const;
    for (const [endpoint, path] of calls) {
      const answer = await fetch(`${api.url}/v2/storage/branch/1000/${path}`, {
        headers: { 'x-storageapi-token': token },
      });
      const body = (await answer.text()).replace(/"exact:([^"]*)"/g, '$1');
      api.disturb({ endpoint, times: 1, body });
    }
    const whole = await source().readBranch('1000', { signal, storage: false });
    const names = [{ componentId: 'keboola.ex-db-mysql', configId: '7' }];
    const alone = await source().readConfigurations('1000', names, { signal });
    for (const one of [whole!.configurations.at(0), alone!.found[0]!]) {
      expect(one.exactNumbers).toEqual(new Map([['a', new Map([['0', '9007199254740993']])]]));
      expect(one.rows[0]).not.toHaveProperty('exactNumbers');
      expect(one.rows[1]!.exactNumbers).toEqual(new Map([['b', '1e400']]));
    }
    expect(whole!.configurations.at(1)).not.toHaveProperty('exactNumbers');
  });

  test('does not guess the author of a version if the platform does not say who made it', async () => {
    const [orders] = api.project.branches[0]!.configurations;
    orders!.version = 5;
    const project = await source().readProject(['1000'], { signal });
    expect(project.branches[0]!.configurations[0]).toMatchObject({
      version: 5,
      author: null,
      changedAt: null,
    });
  });

  test.skipIf(keboolaCases().length === 0)(
    'gives the same over HTTP as from the recorded files',
    async () => {
      for (const one of keboolaCases()) {
        const recorded = await startStorageApi({ token, directory: `${one.directory}/api` });
        const expected = await caseProject(one);
        const branchIds = expected.branches.map(({ id }) => id);
        const options = { signal, storage: false };
        const project = await source({ url: recorded.url }).readProject(branchIds, options);
        expect({ ...project, apiHost: '' }).toEqual({ ...expected, apiHost: '' });
        await recorded.close();
      }
    },
  );
});

describe('a platform with problems', () => {
  test.each([429, 500, 503])('is asked again after status %i', async (status) => {
    api.disturb({ endpoint: 'components', status, times: 3 });
    await source().readProject(['1000'], { signal });
    expect(api.calls.components).toBe(4);
  });

  test('is asked again if a connection is cut', async () => {
    api.disturb({ endpoint: 'metadata', disconnect: true, times: 2 });
    await source().readProject(['1000'], { signal });
    expect(api.calls.metadata).toBe(3);
  });

  test('is given the time that it asks for', async () => {
    api.disturb({ endpoint: 'tokens-verify', status: 429, retryAfter: '1', times: 1 });
    const events: string[] = [];
    setTimeout(() => events.push('0.9 s'), 900);
    await source({ limits: { backoff: { base: 1, max: 5_000 } } }).verify({ signal });
    expect([...events, 'verified']).toEqual(['0.9 s', 'verified']);
  });

  test('that wants to be left alone for long is not waited for, and not asked before', async () => {
    api.disturb({ endpoint: 'tokens-verify', status: 503, retryAfter: '86400', times: 1 });
    const asked = source();
    expect(await failureOf(asked.verify({ signal }))).toMatchObject({ code: 'source_unreachable' });
    const again = await failureOf(asked.verify({ signal }));
    expect(again.message).toContain('asked to be left alone for 3600 s');
    expect(api.calls['tokens-verify']).toBe(1);
  });

  test.each<[FailureCode, number, number]>([
    ['source_token_refused', 401, 1],
    ['source_token_refused', 403, 1],
    ['source_not_found', 404, 1],
    ['source_invalid', 302, 1],
    ['source_invalid', 400, 1],
    ['source_unreachable', 429, 6],
    ['source_unreachable', 502, 6],
  ])('causes %s with status %i, after %i calls', async (code, status, calls) => {
    api.disturb({ status });
    const failure = await failureOf(source().verify({ signal }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(`${api.url}/v2/storage/tokens/verify`);
    expect(api.calls['tokens-verify']).toBe(calls);
  });

  test('causes source_token_refused for a wrong token, and a token that is not valid is refused at once', async () => {
    expect((await failureOf(source({ token: 'wrong' }).verify({ signal }))).code).toBe(
      'source_token_refused',
    );
    expect(() => source({ token: 'a\nb' })).toThrow(/not valid in a Storage API token/);
  });

  test('causes source_timeout if it hangs', async () => {
    api.disturb({ hang: true });
    const failure = await failureOf(
      source({ limits: { timeout: 300, attempts: 2 } }).verify({ signal }),
    );
    expect(failure.code).toBe('source_timeout');
    expect(api.calls['tokens-verify']).toBe(2);
  });

  test('tells a reason that is known', async () => {
    const words = 'The proxy http://proxy.corp:3128 cannot be reached (ECONNREFUSED).';
    const away = new Agent({ connect: (_target, done) => done(new Unreachable(words), null) });
    const failure = await failureOf(
      createKeboolaSource({
        ...{ url: api.url, token, dispatcher: away, checkUrl: (url) => url },
        limits: { ...limits, attempts: 1 },
      }).verify({ signal }),
    );
    expect(failure.code).toBe('source_unreachable');
    expect(failure.message).toContain(`could not be reached. ${words}`);
    await away.destroy();
  });

  test('causes source_unreachable if nobody answers', async () => {
    const failure = await failureOf(source({ url: 'http://127.0.0.1:9' }).verify({ signal }));
    expect(failure).toMatchObject({ code: 'source_unreachable' });
    expect(failure.message).toContain('ECONNREFUSED');
  });

  test.each([
    ['an answer that is not JSON', '<html>'],
    ['an answer with an unexpected shape', '{"owner":{"name":"x"}}'],
    ['a value of an unexpected type', '{"owner":{"id":"1","features":"all"}}'],
  ])('causes source_invalid for %s', async (_, body) => {
    api.disturb({ endpoint: 'tokens-verify', body });
    const failure = await failureOf(source().verify({ signal }));
    expect(failure.code).toBe('source_invalid');
    expect(failure.message).not.toContain('<html>');
  });

  test('causes source_invalid for an endless answer', async () => {
    let sent = 0;
    const server = createServer((_, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(65_536, ' ');
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const endless = source({ url: `http://127.0.0.1:${port}`, limits: { maxBytes: 1_000_000 } });
    expect((await failureOf(endless.verify({ signal }))).code).toBe('source_invalid');
    expect(sent).toBeLessThan(50_000_000);
    server.closeAllConnections();
    server.close();
  });
});

describe('the caller', () => {
  test.each([{ hang: true }, { status: 503 }])(
    'can end a reading that would take minutes (%o)',
    async (fault) => {
      api.disturb(fault);
      const stop = new AbortController();
      const reason = new Error('enough');
      setTimeout(() => stop.abort(reason), 50);
      const slow = source({
        limits: { timeout: 600_000, backoff: { base: 600_000, max: 600_000 } },
      });
      await expect(slow.readProject(['1000'], { signal: stop.signal })).rejects.toBe(reason);
    },
  );

  test('decides which addresses may be reached', () => {
    const refused = new StreamFailure('address_refused', 'no');
    const open = () =>
      createKeboolaSource({
        url: 'https://10.0.0.1',
        token,
        dispatcher,
        checkUrl: () => {
          throw refused;
        },
      });
    expect(open).toThrow(refused);
  });

  test('is told of an address that was refused while connecting, and nothing is tried again', async () => {
    const refused = new StreamFailure('address_refused', 'no');
    let connections = 0;
    const strict = new Agent({
      connect: (_, callback) => {
        connections++;
        callback(refused, null);
      },
    });
    const guarded = createKeboolaSource({
      url: api.url,
      token,
      dispatcher: strict,
      checkUrl: (url) => url,
    });
    await expect(guarded.verify({ signal })).rejects.toBe(refused);
    expect(connections).toBe(1);
  });
});

test('readings leave no listeners on a long-lived signal', async () => {
  const long = new AbortController();
  await Promise.all([1, 2, 3].map(() => source().readProject(['1000'], { signal: long.signal })));
  expect(EventEmitter.getEventListeners(long.signal, 'abort')).toHaveLength(0);
});
