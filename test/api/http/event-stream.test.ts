import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { createApi } from '../../../api/http/create-api.ts';
import type { AddRoutes, StreamTimings } from '../../../api/http/deps.ts';
import { createEventStreams, type StreamReading } from '../../../api/http/event-stream.ts';
import { revokeToken } from '../../../db/access/tokens.ts';
import { noteDone } from '../../../db/knowledge/operation-items.ts';
import { beginOperation, noteCurrent, noteEnded } from '../../../db/knowledge/operations.ts';
import { listenToNews, News } from '../../../db/news.ts';
import { jsonb } from '../../../db/storable.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { browserAt } from '../access/browser.ts';
import { apiUnderTest, configChanged, withMirror } from '../api-under-test.ts';
import { follow } from '../follow.ts';

const minutes = 600_000;
const onlyNews: StreamTimings = { unheardInterval: minutes, heardInterval: minutes, pause: 1 };
const soon = { timeout: 5_000, interval: 5 };

describe('with the notifications of a database, a stream', async () => {
  const news = new News();
  const api = await apiUnderTest({ news, streamTimings: onlyNews });
  const listener = listenToNews(news, {
    ...{ url: api.databaseUrl, db: api.db, onProblem: () => undefined },
  });
  afterAll(() => listener.close());
  await vi.waitFor(() => expect(news.listening).toBe(true), { timeout: 5_000 });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const origin = api.app.listeningOrigin;

  test('of a mirror sends one event for each change of its status', async () => {
    await withMirror(api, 'followed');
    await withMirror(api, 'other');
    const url = '/v1/projects/followed/mirrors/1';
    const client = await follow(origin, `${url}/stream`);
    const states = () => client.events.map((view) => (view as { state: string }).state);
    await vi.waitFor(() => expect(states()).toEqual(['initializing']), soon);
    await api.call('POST', '/v1/projects/other/mirrors/1/actions/pause');
    await api.call('POST', '/v1/events', configChanged('followed', 'a'));
    await vi.waitFor(() => expect(client.events.at(-1)).toMatchObject({ pendingChanges: 1 }), soon);
    await recordFailure(api.db, {
      ...{ stream: 'mirror/followed/1', lane: 'source', code: 'source_unreachable' },
      ...{ attemptStartedAt: '2026-03-01T12:00:00Z', nextAttemptAt: '2026-03-01T12:05:00Z' },
      message: 'It does not answer.',
    });
    await vi.waitFor(
      () => expect(client.events.at(-1)).toMatchObject({ outage: { lane: 'source' } }),
      soon,
    );
    await api.call('POST', `${url}/actions/pause`);
    await vi.waitFor(() => expect(states().at(-1)).toBe('paused'), soon);
    expect(client.events).toHaveLength(4);
    client.leave();
    await vi.waitFor(() => expect(news.size).toBe(0), soon);
  });

  test('of an operation sends each step, and ends with it', async () => {
    const { db } = api;
    await db
      .insertInto('spaces')
      .values({
        ...{ id: 'sales', name: 'sales', repositoryUrl: 'https://git.example/sales.git' },
        ...{ repositoryBranch: 'main', root: 'knowledge' },
        rules: jsonb({ publicKinds: [], index: false, notify: { emails: [] } }),
      })
      .execute();
    const { body } = await api.call('POST', '/v1/spaces/sales/actions/import', {
      ...{ kind: 'customer', update: false },
      items: Array.from({ length: 10 }, (_, index) => ({
        ...{ name: `customers/c${index}.md`, content: `---\nid: c${index}\nname: C\n---\n` },
      })),
    });
    const { id } = body as { id: string };
    const client = await follow(origin, `/v1/spaces/sales/operations/${id}/stream`);
    const seen = () =>
      client.events.map((event) => {
        const { state, done, current } = event as Record<string, unknown>;
        return { state, done, current };
      });
    const steps: [() => Promise<unknown>, object][] = [
      [() => Promise.resolve(), { state: 'waiting', done: 0, current: null }],
      [
        () => beginOperation(db, id, () => Promise.resolve()),
        { state: 'running', done: 0, current: null },
      ],
      [() => noteCurrent(db, id, 'c1'), { state: 'running', done: 0, current: 'c1' }],
      [
        () =>
          noteDone(
            db,
            id,
            Array.from({ length: 10 }, (_, index) => ({
              ...{ ordinal: index + 1, outcome: 'created', entryId: `c${index}`, message: null },
            })),
          ),
        { state: 'running', done: 10, current: 'c1' },
      ],
      [
        () => db.transaction().execute((trx) => noteEnded(trx, id, 'done')),
        { state: 'done', done: 10, current: null },
      ],
    ];
    const expected: object[] = [];
    for (const [step, event] of steps) {
      await step();
      expected.push(event);
      await vi.waitFor(() => expect(seen()).toEqual(expected), soon);
    }
    await client.ended;
    await vi.waitFor(() => expect(news.size).toBe(0), soon);
  });

  test('ends when its token is revoked', async () => {
    await withMirror(api, 'revoked');
    const made = await api.call('POST', '/v1/tokens', {
      name: 'follows',
      role: 'reader',
      projects: null,
    });
    const { token, id } = made.body as { token: string; id: string };
    const client = await follow(origin, '/v1/projects/revoked/mirrors/1/stream', {
      authorization: `Bearer ${token}`,
    });
    await vi.waitFor(() => expect(client.events).toHaveLength(1), soon);
    await revokeToken(api.db, id);
    await client.ended;
    await vi.waitFor(() => expect(news.size).toBe(0), soon);
  });
});

describe('the stream of a browser that is signed in', async () => {
  const news = new News();
  const api = await apiUnderTest({ news, streamTimings: onlyNews });
  const listener = listenToNews(news, {
    ...{ url: api.databaseUrl, db: api.db, onProblem: () => undefined },
  });
  afterAll(() => listener.close());
  await vi.waitFor(() => expect(news.listening).toBe(true), { timeout: 5_000 });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  await withMirror(api, 'followed');

  async function following() {
    const person = { name: 'Ada', email: 'ada@example.com', role: 'reader', projects: null };
    const { body } = await api.call('POST', '/v1/people', person);
    const id = String(body.id);
    const made = await api.call('POST', '/v1/sign-in-links', { person: id });
    const browser = browserAt(api);
    const signed = await browser.signIn({ code: String(made.body.url).split('#code=')[1] ?? '' });
    const sessionId = String(signed.body.session.id);
    const unused = new Date(Date.now() - 600_000);
    await api.db.updateTable('sessions').set({ lastUsedAt: unused }).where('id', '=', sessionId).execute(); // prettier-ignore
    const client = await follow(api.app.listeningOrigin, '/v1/projects/followed/mirrors/1/stream', {
      cookie: `gitward=${browser.cookies.get('gitward')}`,
      accept: 'text/event-stream',
    });
    await vi.waitFor(() => expect(client.events).toHaveLength(1), soon);
    const row = await api.db.selectFrom('sessions').select('lastUsedAt').where('id', '=', sessionId).executeTakeFirstOrThrow(); // prettier-ignore
    // Otherwise a page that is left open would keep its session for ever.
    expect(row.lastUsedAt).toEqual(unused);
    return { id, sessionId, browser, client };
  }

  test.each([
    ['it signs out', ({ browser }) => browser.send('DELETE', '/v1/session')],
    ['its session is ended', ({ sessionId }) => api.call('DELETE', `/v1/sessions/${sessionId}`)],
    ['the person is disabled', ({ id }) => api.call('PATCH', `/v1/people/${id}`, { isDisabled: true })], // prettier-ignore
    ['the person may see less', ({ id }) => api.call('PATCH', `/v1/people/${id}`, { projects: [] })], // prettier-ignore
  ] satisfies [string, (of: Awaited<ReturnType<typeof following>>) => Promise<unknown>][])(
    'ends at once when %s',
    async (_when, end) => {
      const followed = await following();
      await end(followed);
      await followed.client.ended;
      await vi.waitFor(() => expect(news.size).toBe(0), soon);
    },
  );

  test('goes on when the person is seen or renamed', async () => {
    const { id, client } = await following();
    await api.call('PATCH', `/v1/people/${id}`, { name: 'Ada L.' });
    await api.call('POST', '/v1/projects/followed/mirrors/1/actions/pause');
    await vi.waitFor(() => expect(client.events.at(-1)).toMatchObject({ state: 'paused' }), soon);
    client.leave();
  });
});

describe('a stream reads', async () => {
  const { deps } = await apiUnderTest();
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  /** An API with a stream of `seen.view` at `/v1/view`, its topic is `mirror/p/1`, and a client. */
  async function streaming(
    streamTimings: StreamTimings,
    listening: boolean,
    { padding = '', read }: { padding?: string; read?: () => Promise<StreamReading> } = {},
  ) {
    const news = new News();
    news.turn(listening);
    const view = { value: 1, padding };
    const seen = {
      view,
      reads: 0,
      read: read ?? ((): Promise<StreamReading | null> => Promise.resolve({ view: { ...view } })),
    };
    const addView: AddRoutes = (routes, given) => {
      const streams = createEventStreams(routes, given);
      routes.get('/v1/view', { config: { role: 'reader' } }, (request, reply) =>
        streams.send(request, reply, 'mirror/p/1', () => {
          seen.reads += 1;
          return seen.read();
        }),
      );
    };
    const app = createApi({ ...deps, news, streamTimings }, [addView]);
    ends.push(() => app.close());
    await app.listen({ host: '127.0.0.1', port: 0 });
    const client = await follow(app.listeningOrigin, '/v1/view');
    const toHaveRead = (count: number) => vi.waitFor(() => expect(seen.reads).toBe(count), soon);
    await vi.waitFor(() => expect(seen.reads).toBeGreaterThan(0), soon);
    return { app, news, client, seen, toHaveRead, publish: () => news.publish('mirror/p/1') };
  }

  test('nothing while there is no news, and once for each', async () => {
    const timings = { ...onlyNews, unheardInterval: 5 };
    const { news, client, seen, toHaveRead, publish } = await streaming(timings, true);
    await sleep(500);
    news.publish('mirror/p/2');
    expect(seen.reads).toBe(1);
    seen.view.value = 2;
    publish();
    await vi.waitFor(() => expect(client.events).toHaveLength(2), soon);
    // There is nothing to send.
    publish();
    await toHaveRead(3);
    await sleep(100);
    expect(seen.reads).toBe(3);
    expect(client.events).toMatchObject([{ value: 1 }, { value: 2 }]);
  });

  test('once more for all news that came while it read, the first time too', async () => {
    let finish: () => void = () => undefined;
    const read = () =>
      new Promise<StreamReading>((resolve) => (finish = () => resolve({ view: {} })));
    const { seen, toHaveRead, publish } = await streaming(onlyNews, true, { read });
    // The API does not stop before its readings.
    ends.unshift(() => Promise.resolve().then(finish));
    for (const reads of [1, 2]) {
      for (let count = 0; count < 50; count += 1) publish();
      await sleep(100);
      expect(seen.reads).toBe(reads);
      finish();
      await toHaveRead(reads + 1);
    }
    finish();
    await sleep(100);
    expect(seen.reads).toBe(3);
  });

  test('no more often than its pause allows', async () => {
    const pause = 200;
    const { seen, publish } = await streaming({ ...onlyNews, pause }, true);
    const start = performance.now();
    for (let count = 0; count < 100; count += 1) {
      publish();
      await sleep(10);
    }
    // The first came before the start, and there may be one at each end of the time.
    expect(seen.reads).toBeLessThanOrEqual((performance.now() - start) / pause + 3);
    expect(seen.reads).toBeGreaterThan(1);
  });

  test('at intervals too, for what changes without news', async () => {
    const { client, seen } = await streaming({ ...onlyNews, heardInterval: 20 }, true);
    await vi.waitFor(() => expect(client.events).toHaveLength(1), soon);
    seen.view.value = 2;
    await vi.waitFor(() => expect(client.events).toHaveLength(2), soon);
  });

  test('at other intervals while no news arrives', async () => {
    const timings = { ...onlyNews, unheardInterval: 20 };
    const { news, client, seen } = await streaming(timings, false);
    await vi.waitFor(() => expect(client.events).toHaveLength(1), soon);
    seen.view.value = 2;
    await vi.waitFor(() => expect(client.events).toHaveLength(2), soon);
    news.turn(true);
    await sleep(200);
    const quiet = seen.reads;
    await sleep(200);
    expect(seen.reads).toBe(quiet);
    news.turn(false);
    await vi.waitFor(() => expect(seen.reads).toBeGreaterThan(quiet + 2), soon);
  });

  test('nothing for a client that does not take what it was sent', async () => {
    const padding = 'x'.repeat(20_000_000);
    const { client, seen, publish } = await streaming(onlyNews, true, { padding });
    client.response.pause();
    for (seen.view.value = 2; seen.view.value < 30; seen.view.value += 1) {
      publish();
      await sleep(10);
    }
    expect(seen.reads).toBe(1);
    seen.view.padding = '';
    client.response.resume();
    await vi.waitFor(() => expect(client.events.at(-1)).toEqual(seen.view), soon);
    expect(client.events).toHaveLength(2);
  });

  test('nothing once its client has left', async () => {
    const { client, news, seen, publish } = await streaming(onlyNews, true);
    // Its subject and its token.
    expect(news.size).toBe(2);
    client.leave();
    await vi.waitFor(() => expect(news.size).toBe(0), soon);
    publish();
    await sleep(50);
    expect(seen.reads).toBe(1);
  });

  test.each([
    ['its subject is gone', () => Promise.resolve(null)],
    ['that was the last', () => Promise.resolve({ view: { value: 2 }, isLast: true })],
    ['it fails', () => Promise.reject(new Error('The database is away.'))],
  ])('until %s', async (_when, last) => {
    const { client, news, seen, publish } = await streaming(onlyNews, true);
    seen.read = last;
    publish();
    await client.ended;
    expect(seen.reads).toBe(2);
    expect(news.size).toBe(0);
  });

  test('until the API stops, which waits for no client', async () => {
    const padding = 'x'.repeat(20_000_000);
    const { app, client, news } = await streaming(onlyNews, true, { padding });
    client.response.pause();
    await app.close();
    expect(news.size).toBe(0);
  });

  test('until the API stops', async () => {
    const { app, client, news } = await streaming(onlyNews, true);
    await app.close();
    await client.ended;
    expect(news.size).toBe(0);
  });
});
