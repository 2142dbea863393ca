import { afterAll, describe, expect, test, vi } from 'vitest';
import { readItems } from '../../../api/overview/read-items.ts';
import type { OverviewView } from '../../../api/overview/overview-schema.ts';
import { callerOfToken } from '../../../api/access/caller.ts';
import { createToken } from '../../../db/access/tokens.ts';
import { insertConflict } from '../../../db/knowledge/conflicts.ts';
import { markMirror } from '../../../db/mirror/mirrors.ts';
import { listenToNews, News } from '../../../db/news.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { apiUnderTest, configChanged, withMirror, type ApiUnderTest } from '../api-under-test.ts';
import { follow } from '../follow.ts';

const minutes = 600_000;
const soon = { timeout: 10_000, interval: 5 };

async function withSpace(api: ApiUnderTest, id: string): Promise<void> {
  const repository = { url: `https://git.example/${id}.git`, branch: 'main' };
  const made = await api.call('POST', '/v1/spaces', { id, name: id, repository });
  if (made.status !== 201) throw new Error(made.text);
}

function failing({ db }: ApiUnderTest, stream: string, code: 'not_adopted' | 'content_refused') {
  return recordFailure(db, {
    ...{ stream, lane: 'repository', code, message: 'See customers/acme.md.' },
    ...{ attemptStartedAt: '2026-03-01T12:00:00Z', nextAttemptAt: '2026-03-01T12:05:00Z' },
  });
}

const idsOf = ({ items }: OverviewView) => items.map(({ id }) => id);

describe('the overview', async () => {
  const api = await apiUnderTest();
  const { db } = api;
  const call: typeof api.call = (...given) => api.call(...given);
  const overview = async (token?: string) => {
    const { status, body } = await call('GET', '/v1/overview', undefined, token);
    expect(status).toBe(200);
    return body as OverviewView;
  };
  for (const project of ['bank', 'shop']) await withMirror(api, project);
  for (const id of ['legal', 'sales']) await withSpace(api, id);
  await db.updateTable('mirrors').set({ initializedAt: new Date(), resyncReason: null }).execute();
  await db.updateTable('spaces').set({ syncedAt: new Date() }).execute();

  test('lists everything, worst first, and says in words what to do', async () => {
    await failing(api, 'space/sales', 'not_adopted');
    await call('POST', '/v1/events', configChanged('shop', 'a'));
    await call('POST', '/v1/projects/bank/mirrors/1/actions/pause');
    const body = await overview();
    expect(idsOf(body)).toEqual(['space/sales', 'mirror/shop/1', 'mirror/bank/1', 'space/legal']);
    expect(body.counts).toEqual({ held: 1, pending: 1, paused: 1, synced: 1 });
    expect(body.isComplete).toBe(true);
    expect(body.items[0]).toMatchObject({
      ...{ product: 'space', spaceId: 'sales', projectId: null, branchId: null },
      ...{ name: 'sales', detail: 'git.example/sales.git', state: 'held' },
      reason: expect.stringContaining('approve it if Gitward may write there'),
      outage: { attempts: 1, reason: { code: 'not_adopted' } },
      repository: { url: 'https://git.example/sales.git', branch: 'main' },
    });
    expect(body.items[1]).toMatchObject({
      ...{ product: 'mirror', projectId: 'shop', branchId: '1', detail: 'default branch' },
      ...{ state: 'pending', waiting: 1, outage: null },
      reason: '1 change waits a moment for others, to become one commit.',
    });
    expect(body.items[3]?.reason).toBeNull();
  });

  test('leaves out ended spaces at once, and ended mirrors after a day', async () => {
    await withMirror(api, 'over');
    await withSpace(api, 'over');
    await call('DELETE', '/v1/projects/over/mirrors/1');
    await call('DELETE', '/v1/spaces/over');
    const body = await overview();
    expect(body.items.at(-1)).toMatchObject({
      ...{ id: 'mirror/over/1', state: 'ended' },
      reason: 'Somebody ended it. Enable it again if it should go on.',
    });
    expect(idsOf(body)).not.toContain('space/over');
    await db
      .updateTable('mirrors')
      .set({ endedAt: new Date(Date.now() - 25 * 3_600_000) })
      .where('projectId', '=', 'over')
      .execute();
    expect(idsOf(await overview())).not.toContain('mirror/over/1');
  });

  test.each([
    ['no project and no space', { projects: [], spaces: [] }, []],
    ['one project', { projects: ['shop'], spaces: [] }, ['mirror/shop/1']],
    [
      'one space',
      { projects: [], spaces: [{ space: 'legal', kinds: null, role: 'reader' }] },
      ['space/legal'],
    ],
  ] as const)('of a caller who may see %s has nothing else', async (_name, limits, ids) => {
    const token = await api.token({
      role: 'reader',
      projects: [...limits.projects],
      spaces: limits.spaces.map((grant) => ({ ...grant })),
    });
    const body = await overview(token);
    expect(idsOf(body)).toEqual(ids);
    expect(Object.values(body.counts)).toEqual(ids.map(() => 1));
  });

  test('of a space says nothing about kinds that the caller may not read', async () => {
    await withSpace(api, 'mixed');
    await db
      .updateTable('spaces')
      .set({ syncedAt: new Date() })
      .where('id', '=', 'mixed')
      .execute();
    const token = await api.token({
      role: 'reader',
      projects: [],
      spaces: [{ space: 'mixed', kinds: ['skill'], role: 'reader' }],
    });
    const seen = async (by?: string) =>
      (await overview(by)).items.find(({ id }) => id === 'space/mixed');
    const before = await seen(token);
    const fields = { id: 'acme', name: 'acme' };
    await call('POST', '/v1/spaces/mixed/entries', { kind: 'customer', fields });
    await db.transaction().execute((trx) =>
      insertConflict(trx, {
        ...{ spaceId: 'mixed', entryId: 'acme', kind: 'customer', path: 'x', baseText: null },
        git: { text: 'a', commit: null, author: null, at: null },
        mine: { text: 'b', authors: [], at: new Date() },
      }),
    );
    await db
      .updateTable('spaces')
      .set({ heldKinds: 'c'.repeat(64) })
      .where('id', '=', 'mixed')
      .execute();
    expect(await seen()).toMatchObject({
      ...{ state: 'pending', waiting: 1 },
      reason: expect.stringMatching(/1 save .* 1 conflict .* Schema files/),
    });
    expect(await seen(token)).toEqual(before);
    await failing(api, 'space/mixed', 'content_refused');
    expect(await seen(token)).toMatchObject({
      state: 'retrying',
      outage: { reason: { message: expect.not.stringContaining('acme') } },
      reason: expect.not.stringContaining('acme'),
    });
  });

  test('costs the same number of queries however much there is', async () => {
    const { row } = await createToken(db, {
      ...{ kind: 'machine', name: 'counts', email: null, role: 'admin', projects: null },
      spaces: null,
    });
    let queries = 0;
    const counting = db.withPlugin({
      transformQuery({ node }) {
        queries += 1;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const cost = async () => {
      queries = 0;
      const { items } = await readItems(counting, callerOfToken(row));
      return { items: items.length, queries };
    };
    const few = await cost();
    for (let count = 0; count < 20; count += 1) {
      await withMirror(api, `m${count}`);
      await withSpace(api, `s${count}`);
    }
    const many = await cost();
    expect(many.items).toBe(few.items + 40);
    expect(many.queries).toBe(few.queries);
    expect(many.queries).toBeLessThanOrEqual(6);
  });
});

describe('a stream', async () => {
  const news = new News();
  const streamTimings = { unheardInterval: minutes, heardInterval: minutes, pause: 1 };
  const api = await apiUnderTest({ news, streamTimings });
  const { db } = api;
  const call: typeof api.call = (...given) => api.call(...given);
  const listener = listenToNews(news, {
    ...{ url: api.databaseUrl, db, onProblem: () => undefined },
  });
  afterAll(() => listener.close());
  await vi.waitFor(() => expect(news.listening).toBe(true), soon);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const origin = api.app.listeningOrigin;
  for (const project of ['bank', 'shop']) await withMirror(api, project);
  await withSpace(api, 'sales');

  /** What an event says: its name, its items with their states, and what is gone. */
  interface Told {
    items: { id: string; state: string }[];
    gone?: string[];
    counts: Record<string, number>;
  }
  const told = (client: { events: unknown[]; names: string[] }) =>
    client.events.map((event, index) => {
      const { items, gone = [] } = event as Told;
      return [
        client.names[index],
        ...items.map(({ id, state }) => `${id} ${state}`),
        ...gone.map((id) => `${id} gone`),
      ];
    });

  test('of everything begins with all of it, and then sends only what changed', async () => {
    const client = await follow(origin, '/v1/overview/stream');
    const begins = [
      ...['status', 'mirror/bank/1 initializing', 'mirror/shop/1 initializing'],
      'space/sales initializing',
    ];
    const expected: (string | undefined)[][] = [begins];
    await vi.waitFor(() => expect(told(client)).toEqual(expected), soon);
    const steps: [() => Promise<unknown>, string[]][] = [
      [
        () => markMirror(db, { projectId: 'shop', branchId: '1' }, 'pause'),
        ['mirror/shop/1 paused'],
      ],
      [() => call('POST', '/v1/spaces/sales/actions/pause'), ['space/sales paused']],
      [() => withSpace(api, 'legal'), ['space/legal initializing']],
      [() => withMirror(api, 'new'), ['mirror/new/1 initializing']],
      [() => failing(api, 'space/legal', 'not_adopted'), ['space/legal held']],
      [() => call('DELETE', '/v1/spaces/legal'), ['space/legal gone']],
      [() => call('DELETE', '/v1/projects/new/mirrors/1'), ['mirror/new/1 ended']],
    ];
    for (const [step, items] of steps) {
      await step();
      expected.push(['change', ...items]);
      await vi.waitFor(() => expect(told(client)).toEqual(expected), soon);
    }
    expect((client.events.at(-1) as Told).counts).toEqual({ initializing: 1, paused: 2, ended: 1 });
    client.leave();
    await vi.waitFor(() => expect(news.size).toBe(0), soon);
  });

  test('of everything tells nothing of what its caller may not see', async () => {
    const token = await api.token({
      role: 'reader',
      projects: ['shop'],
      spaces: [{ space: 'sales', kinds: ['skill'], role: 'reader' }],
    });
    const client = await follow(origin, '/v1/overview/stream', {
      authorization: `Bearer ${token}`,
    });
    await vi.waitFor(() => expect(client.events).toHaveLength(1), soon);
    expect(
      told(client)[0]
        ?.slice(1)
        .map((text) => text?.split(' ')[0]),
    ).toEqual(['mirror/shop/1', 'space/sales']);
    await call('POST', '/v1/projects/bank/mirrors/1/actions/pause');
    const fields = { id: 'acme', name: 'acme' };
    await call('POST', '/v1/spaces/sales/entries', { kind: 'customer', fields });
    await call('POST', '/v1/projects/shop/mirrors/1/actions/resume');
    await vi.waitFor(() => expect(client.events).toHaveLength(2), soon);
    expect(told(client)[1]).toEqual(['change', 'mirror/shop/1 initializing']);
    client.leave();
    await vi.waitFor(() => expect(news.size).toBe(0), soon);
  });

  test('of several things says what each event is about, and only what the caller may see', async () => {
    const token = await api.token({ role: 'reader', projects: ['shop'], spaces: [] });
    const client = await follow(
      origin,
      '/v1/live?follow=overview&follow=mirror/shop/1&follow=mirror/bank/1&follow=space/sales',
      { authorization: `Bearer ${token}` },
    );
    interface Event {
      follow: string;
      data: { state?: string };
    }
    const seen = () =>
      client.events.map((event, at) => {
        const { follow, data } = event as Event;
        return [client.names[at], follow, data.state].join(' ').trim();
      });
    const expected = [
      'status overview',
      ...['status mirror/shop/1 initializing', 'gone mirror/bank/1', 'gone space/sales'],
    ];
    await vi.waitFor(() => expect(seen()).toEqual(expected), soon);
    await call('POST', '/v1/projects/bank/mirrors/1/actions/pause');
    await call('POST', '/v1/projects/shop/mirrors/1/actions/pause');
    expected.push('change overview', 'status mirror/shop/1 paused');
    await vi.waitFor(() => expect(seen()).toEqual(expected), soon);
    await call('POST', '/v1/projects/shop/mirrors/1/actions/resume');
    await call('POST', '/v1/projects/bank/mirrors/1/actions/resume');
    client.leave();
    await vi.waitFor(() => expect(news.size).toBe(0), soon);
  });

  test('of an operation says how far it has got, to whoever may see it', async () => {
    await withSpace(api, 'bulky');
    const started = await call('POST', '/v1/spaces/bulky/actions/sync', {});
    const { id } = started.body as { id: string };
    const other = await api.token({
      ...{ role: 'reader', projects: [] },
      spaces: [{ space: 'bulky', kinds: ['skill'], role: 'reader' }],
    });
    const path = `/v1/live?follow=operation/bulky/${id}`;
    const [client, stranger] = [
      await follow(origin, path),
      await follow(origin, path, { authorization: `Bearer ${other}` }),
    ];
    await vi.waitFor(() => expect(stranger.names).toEqual(['gone']), soon);
    await call('POST', `/v1/spaces/bulky/operations/${id}/actions/cancel`);
    await vi.waitFor(
      () =>
        expect(client.events).toMatchObject([
          { follow: `operation/bulky/${id}`, data: { id, type: 'sync', state: 'waiting' } },
          { follow: `operation/bulky/${id}`, data: { id, state: 'cancelled' } },
        ]),
      soon,
    );
    expect(stranger.events).toHaveLength(1);
    for (const one of [client, stranger]) one.leave();
    await vi.waitFor(() => expect(news.size).toBe(0), soon);
  });

  test.each([
    ['nothing', ''],
    ['an operation without a space', '?follow=operation/00000000-0000-4000-8000-000000000000'],
    ['something else', '?follow=token/1'],
    ['the same twice', '?follow=overview&follow=overview'],
    ['too much', `?${Array.from({ length: 41 }, (_, at) => `follow=space/s${at}`).join('&')}`],
  ])('of %s is refused', async (_, query) => {
    expect((await call('GET', `/v1/live${query}`)).status).toBe(400);
  });

  test('of a space sends one event for each change, and ends with it', async () => {
    await withSpace(api, 'brief');
    const client = await follow(origin, '/v1/spaces/brief/stream');
    const seen = () =>
      client.events.map((view) => {
        const { state, waitingSaves } = view as { state: string; waitingSaves: number };
        return `${state} ${waitingSaves}`;
      });
    await vi.waitFor(() => expect(seen()).toEqual(['initializing 0']), soon);
    const fields = { id: 'acme', name: 'acme' };
    await call('POST', '/v1/spaces/brief/entries', { kind: 'customer', fields });
    await vi.waitFor(() => expect(seen().at(-1)).toBe('initializing 1'), soon);
    await call('POST', '/v1/spaces/brief/actions/pause');
    await vi.waitFor(() => expect(seen().at(-1)).toBe('paused 1'), soon);
    await call('DELETE', '/v1/spaces/brief?force=true');
    await client.ended;
    expect(client.names.every((name) => name === 'status')).toBe(true);
  });
});
