import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SaveWaits } from '../../../api/knowledge/entries/save-waits.ts';
import { acceptSave } from '../../../db/knowledge/saves.ts';
import { listenToNews, News } from '../../../db/news.ts';
import { jsonb } from '../../../db/storable.ts';
import { testDatabase } from '../../support/postgres.ts';
import { adminToken, apiUnderTest } from '../api-under-test.ts';
import { ourselves } from '../../../model/access/actor.ts';

const { db, url } = await testDatabase();
const never = new AbortController().signal;

/** How often a save was looked up. */
let looks = 0;
const counted: typeof db = new Proxy(db, {
  get(target, property, receiver) {
    if (property === 'selectFrom') looks += 1;
    const value: unknown = Reflect.get(target, property, receiver);
    return typeof value === 'function' ? (value.bind(target) as unknown) : value;
  },
});
beforeEach(() => {
  looks = 0;
});

/** A waiting save, in a new space by default. */
async function save(spaceId: string = randomUUID()): Promise<{ spaceId: string; saveId: string }> {
  await db
    .insertInto('spaces')
    .values({
      ...{ id: spaceId, name: spaceId, repositoryUrl: `https://git.example/${spaceId}.git` },
      ...{ repositoryBranch: 'main', root: 'knowledge' },
      rules: jsonb({ publicKinds: [], index: false, notify: { emails: [] } }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const id = randomUUID();
  const accepted = await db.transaction().execute((trx) =>
    acceptSave(trx, {
      ...{ spaceId, entryId: id, kind: 'customer', path: `knowledge/customers/${id}.md` },
      ...{ action: 'create', base: null, by: ourselves, via: 'api', message: null },
      person: { name: 'Eva', email: 'eva@example.com' },
      content: { text: id, blob: id, declaredId: id, title: id, fields: {}, problems: [] },
    }),
  );
  if (accepted.kind !== 'accepted') throw new Error(accepted.kind);
  return { spaceId, saveId: accepted.saveId };
}

async function mark(saveId: string, state: 'delivered' | 'conflict' | 'unneeded'): Promise<void> {
  await db.updateTable('saves').set({ state }).where('id', '=', saveId).execute();
}

/** Waits that receive the news of the database. */
async function heardWaits(timings = {}): Promise<SaveWaits> {
  const news = new News();
  const listener = listenToNews(news, { url, db, onProblem: () => undefined });
  afterAll(() => listener.close());
  await vi.waitFor(() => expect(news.listening).toBe(true), { timeout: 5_000 });
  return new SaveWaits(counted, news, timings);
}

const minutes = { patience: 600_000, unheardInterval: 600_000, heardInterval: 600_000 };

test.each(['delivered', 'conflict', 'unneeded'] as const)(
  'a wait ends when its save is %s, after at most two lookups',
  async (state) => {
    const waits = await heardWaits(minutes);
    const waited = await save();
    const settled = waits.untilDecided(waited, never);
    await vi.waitFor(() => expect(looks).toBe(1));
    await mark(waited.saveId, state);
    expect(await settled).toBe(true);
    // Only one if it was marked before the first lookup.
    expect(looks).toBeLessThanOrEqual(2);
  },
);

test('saves of other spaces wake nobody, and other saves of the same space end no wait', async () => {
  const waits = await heardWaits(minutes);
  const waited = await save();
  const settled = waits.untilDecided(waited, never);
  await vi.waitFor(() => expect(looks).toBe(1));
  await mark((await save()).saveId, 'delivered');
  await mark((await save(waited.spaceId)).saveId, 'delivered');
  await vi.waitFor(() => expect(looks).toBe(2));
  await mark(waited.saveId, 'delivered');
  expect(await settled).toBe(true);
  expect(looks).toBeLessThanOrEqual(3);
});

test('what was missed without a listener is looked up once there is one', async () => {
  const news = new News();
  const waits = new SaveWaits(counted, news, minutes);
  const waited = await save();
  const settled = waits.untilDecided(waited, never);
  await vi.waitFor(() => expect(looks).toBe(1));
  await mark(waited.saveId, 'delivered');
  news.turn(true);
  expect(await settled).toBe(true);
});

test('without a listener, each wait looks up its save itself', async () => {
  const waits = new SaveWaits(db, new News(), { ...minutes, unheardInterval: 50 });
  const waited = await save();
  const settled = waits.untilDecided(waited, never);
  await mark(waited.saveId, 'delivered');
  expect(await settled).toBe(true);
});

test('a wait ends when its time is over, and when its client has gone', async () => {
  const waited = await save();
  const waits = new SaveWaits(db, new News(), { ...minutes, patience: 100 });
  expect(await waits.untilDecided(waited, never)).toBe(false);
  const gone = new AbortController();
  const patient = new SaveWaits(db, new News(), minutes).untilDecided(waited, gone.signal);
  gone.abort();
  expect(await patient).toBe(false);
});

test('the number of waits is limited; further ones end at once', async () => {
  const news = new News();
  const waits = new SaveWaits(db, news, minutes);
  const waited = await save();
  const gone = new AbortController();
  const many = Array.from({ length: 1_000 }, () => waits.untilDecided(waited, gone.signal));
  expect(await waits.untilDecided(waited, never)).toBe(false);
  gone.abort();
  expect(new Set(await Promise.all(many))).toEqual(new Set([false]));
  expect(news.size).toBe(0);
  const after = waits.untilDecided(waited, never);
  await mark(waited.saveId, 'delivered');
  news.publish(`saves/${waited.spaceId}`);
  expect(await after).toBe(true);
});

describe('?wait=commit', () => {
  test('answers when the save is in Git, and stops waiting when the client hangs up', async () => {
    const waits: { gone: AbortSignal; settle: (inTime: boolean) => void }[] = [];
    const api = await apiUnderTest({
      saveWaits: Object.assign(new SaveWaits(db, new News()), {
        untilDecided: (_save: unknown, gone: AbortSignal) =>
          new Promise<boolean>((settle) => waits.push({ gone, settle })),
      }),
    });
    await api.db
      .insertInto('spaces')
      .values({
        ...{ id: 'sales', name: 'sales', repositoryUrl: 'https://git.example/sales.git' },
        ...{ repositoryBranch: 'main', root: 'knowledge' },
        rules: jsonb({ publicKinds: [], index: false, notify: { emails: [] } }),
      })
      .execute();
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as AddressInfo;
    const post = (name: string) => {
      const sent = request({
        ...{ port, host: '127.0.0.1', method: 'POST' },
        path: '/v1/spaces/sales/entries?wait=commit',
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      });
      sent.on('error', () => undefined);
      sent.end(JSON.stringify({ kind: 'customer', fields: { id: name, name } }));
      return sent;
    };
    for (const [inTime, status] of [
      [true, 201],
      [false, 202],
    ] as const) {
      const answered = once(post(`in-time-${inTime}`), 'response');
      await vi.waitFor(() => expect(waits).toHaveLength(1), { timeout: 5_000 });
      waits.shift()?.settle(inTime);
      const [answer] = (await answered) as [{ statusCode: number; resume: () => void }];
      answer.resume();
      expect(answer.statusCode).toBe(status);
    }
    const hungUp = post('hung-up');
    await vi.waitFor(() => expect(waits).toHaveLength(1), { timeout: 5_000 });
    const [wait] = waits;
    expect(wait?.gone.aborted).toBe(false);
    hungUp.destroy();
    await vi.waitFor(() => expect(wait?.gone.aborted).toBe(true), { timeout: 5_000 });
    wait?.settle(false);
  });
});
