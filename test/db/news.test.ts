import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, it, test, vi } from 'vitest';
import { insertPerson, notePersonSeen, updatePerson } from '../../db/access/people.ts';
import { insertSession, removeSession } from '../../db/access/sessions.ts';
import { createToken, revokeToken, useToken } from '../../db/access/tokens.ts';
import { insertConflict } from '../../db/knowledge/conflicts.ts';
import { insertItems, noteDone } from '../../db/knowledge/operation-items.ts';
import { insertOperation, noteCurrent, noteEnded } from '../../db/knowledge/operations.ts';
import { acceptSave } from '../../db/knowledge/saves.ts';
import { markSpace } from '../../db/knowledge/spaces.ts';
import { noteHolds } from '../../db/knowledge/waiting-saves.ts';
import { listen } from '../../db/listen.ts';
import { markMirror } from '../../db/mirror/mirrors.ts';
import { acceptChanges } from '../../db/mirror/change-events.ts';
import { News } from '../../db/news.ts';
import { createSealer } from '../../db/sealing.ts';
import { jsonb } from '../../db/storable.ts';
import { insertBatch, markBatchDelivered } from '../../db/streams/batches.ts';
import { recordRecipients } from '../../db/streams/notices/recorded.ts';
import { endOutage, recordFailure } from '../../db/streams/outages.ts';
import { putProgress, removeProgress } from '../../db/streams/progress.ts';
import { putVisibility } from '../../db/streams/visibilities.ts';
import { noteNotice } from '../support/noted-notice.ts';
import { testDatabase } from '../support/postgres.ts';
import { ourselves } from '../../model/access/actor.ts';

const never = new AbortController().signal;
const minutes = 600_000;

/** Whether a promise is settled by now. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(open)])) !== open;
}

describe('a subscription', () => {
  it('receives news about its own topics only', async () => {
    const news = new News();
    const subscription = news.subscribe('mirror/p/1', 'token/t');
    for (const topic of ['mirror/p/1', 'token/t']) {
      const next = subscription.next(minutes, never);
      news.publish('mirror/p/2');
      expect(await isOver(next)).toBe(false);
      news.publish(topic);
      await next;
    }
  });

  it('receives news that came while nobody waited, once', async () => {
    const news = new News();
    const subscription = news.subscribe('mirror/p/1');
    news.publish('mirror/p/1');
    news.publish('mirror/p/1');
    await subscription.next(minutes, never);
    const next = subscription.next(minutes, never);
    expect(await isOver(next)).toBe(false);
    news.publish('mirror/p/1');
    await next;
  });

  it.each([true, false])('is notified when the listening state becomes %s', async (listening) => {
    const news = new News();
    const subscription = news.subscribe('mirror/p/1');
    const next = subscription.next(minutes, never);
    news.turn(listening);
    await next;
    expect(news.listening).toBe(listening);
  });

  it('waits no longer than requested, and not for a client that has gone', async () => {
    const subscription = new News().subscribe('mirror/p/1');
    await subscription.next(10, never);
    const gone = new AbortController();
    const next = subscription.next(minutes, gone.signal);
    expect(await isOver(next)).toBe(false);
    gone.abort();
    await next;
    await subscription.next(minutes, gone.signal);
  });

  it('leaves nothing behind when it is closed', () => {
    const news = new News();
    const first = news.subscribe('mirror/p/1', 'token/t');
    const second = news.subscribe('mirror/p/1');
    expect(news.size).toBe(3);
    first.close();
    expect(news.size).toBe(1);
    second.close();
    expect(news.size).toBe(0);
  });
});

describe('a watch', () => {
  const mirrors = (topic: string) => topic.startsWith('mirror/');

  it('says which of the topics that it wants there is news about, each once', async () => {
    const news = new News();
    const watch = news.watch(mirrors);
    const next = watch.next(minutes, never);
    news.publish('space/s');
    expect(await isOver(next)).toBe(false);
    for (const topic of ['mirror/p/1', 'mirror/p/2', 'mirror/p/1']) news.publish(topic);
    expect(await next).toEqual(new Set(['mirror/p/1', 'mirror/p/2']));
    expect(await watch.next(1, never)).toEqual(new Set());
  });

  it('says that anything may have changed after the listening state did', async () => {
    const news = new News();
    const watch = news.watch(mirrors);
    news.turn(true);
    news.publish('mirror/p/1');
    expect(await watch.next(minutes, never)).toBeNull();
    news.publish('mirror/p/1');
    expect(await watch.next(minutes, never)).toEqual(new Set(['mirror/p/1']));
  });

  it('keeps no more topics than a list of everything is worth', async () => {
    const news = new News();
    const watch = news.watch(mirrors);
    for (let count = 0; count < 1_000; count += 1) news.publish(`mirror/p/${count}`);
    expect(await watch.next(minutes, never)).toBeNull();
  });

  it('leaves nothing behind when it is closed', () => {
    const news = new News();
    const watch = news.watch(mirrors);
    expect(news.size).toBe(1);
    watch.close();
    expect(news.size).toBe(0);
  });
});

describe('the database notifies', async () => {
  const { db, url } = await testDatabase();
  const sealer = createSealer(Buffer.alloc(32));
  const key = { projectId: 'p', branchId: '1' };
  const stream = 'mirror/p/1';
  const place = { repositoryUrl: 'https://git.example/p.git', repositoryBranch: 'main' };
  const person = { name: 'Eva', email: 'eva@example.com' };
  const at = '2026-03-01T12:00:00Z';

  const heard: string[] = [];
  let listening = false;
  const listener = listen({
    ...{ url, db, channel: 'gitward_news', onProblem: () => undefined },
    onNotice: (payload) => heard.push(payload),
    onTurn: (now) => (listening = now),
  });
  afterAll(() => listener.close());
  await vi.waitFor(() => expect(listening).toBe(true), { timeout: 5_000 });

  /** The notifications that `work` causes, in order. */
  async function newsOf(work: () => Promise<unknown>): Promise<string[]> {
    await work();
    // Notifications arrive in the order of the commits, so nothing comes after this one.
    const end = randomUUID();
    await sql`SELECT pg_notify('gitward_news', ${end})`.execute(db);
    await vi.waitFor(() => expect(heard).toContain(end), { timeout: 5_000, interval: 5 });
    return heard.splice(0).filter((payload) => payload !== end);
  }

  await db.insertInto('projects').values({ id: 'p', name: 'P', sourceKind: 'sample' }).execute();
  await db
    .insertInto('mirrors')
    .values({
      ...{ ...key, ...place, subdirectory: '', policy: '{}' },
      ...{ replacedSecrets: '[]', warnings: '[]' },
    })
    .execute();
  await db
    .insertInto('spaces')
    .values({ id: 's', name: 'S', ...place, root: 'knowledge', rules: jsonb({}) })
    .execute();

  // What was created above is no news for the tests.
  await newsOf(() => Promise.resolve());

  const batch = (id: string, of: string) => ({
    ...{ id, stream: of, windowKey: id, reason: 'changes' as const, through: 1 },
    ...{ authoredAt: new Date(at), windowOpenedAt: at, windowClosedAt: at, files: [] },
    message: { author: person, coAuthors: [], subject: 'Changes', body: '' },
  });
  const failure = (of: string) =>
    recordFailure(db, {
      ...{ stream: of, lane: 'repository', attemptStartedAt: at, nextAttemptAt: at },
      ...{ code: 'repository_unreachable', message: 'It does not answer.' },
    });

  test('about changes that a mirror accepts, once for all of them', async () => {
    const changes = Array.from({ length: 50 }, (_, index) => ({
      change: {
        ...{ ...key, type: 'config_changed' as const, componentId: 'c', configId: `${index}` },
        ...{ versionIdentifier: `${index}`, version: index, author: null, description: null },
        occurredAt: at,
      },
      ...{ incarnation: '', body: Buffer.from('{}') },
    }));
    expect(await newsOf(() => acceptChanges(db, sealer, key, changes))).toEqual([stream]);
    expect(await newsOf(() => acceptChanges(db, sealer, key, changes))).toEqual([]);
  });

  test('about a mirror, its batches, outages and repository', async () => {
    const id = randomUUID();
    const open = () =>
      db.transaction().execute((trx) => insertBatch(trx, sealer, batch(id, stream)));
    const deliver = () =>
      db
        .transaction()
        .execute((trx) =>
          markBatchDelivered(trx, stream, { batchId: id, sha: 'a'.repeat(40), at: new Date() }),
        );
    expect(await newsOf(() => markMirror(db, key, 'pause'))).toEqual([stream]);
    expect(await newsOf(open)).toEqual([stream]);
    expect(await newsOf(deliver)).toEqual([stream]);
    const { id: outageId } = await failure(stream);
    expect(await newsOf(() => failure(stream))).toEqual([stream, stream]);
    const notice = { outageId, kind: 'escalated' } as const;
    expect(await newsOf(() => recordRecipients(db, notice, ['ada@example.com']))).toEqual([]);
    expect(await newsOf(() => noteNotice(db, notice, 'ada@example.com', null))).toEqual([stream]);
    expect(await newsOf(() => endOutage(db, outageId))).toEqual([stream]);
    const visibility = {
      result: 'private',
      reason: 'GitHub says so.',
      checkedAt: new Date(),
    } as const;
    const check = () => putVisibility(db, stream, place.repositoryUrl, visibility);
    expect(await newsOf(check)).toEqual([stream]);
    expect(await newsOf(check)).toEqual([stream]);
  });

  test('about work that goes on, when it has come further and when it is over', async () => {
    const run = { stream, work: 'delivery', startedAt: new Date(at) } as const;
    const tell = (done: number) => () =>
      putProgress(db, run, { step: 'Rendering the project', done, total: 9 });
    expect(await newsOf(tell(1))).toEqual([stream]);
    expect(await newsOf(tell(1))).toEqual([]);
    expect(await newsOf(tell(2))).toEqual([stream]);
    expect(await newsOf(() => removeProgress(db, run))).toEqual([stream]);
  });

  test('about a new mirror, and about the mirrors of a project with another name', async () => {
    await db.insertInto('projects').values({ id: 'q', name: 'Q', sourceKind: 'sample' }).execute();
    const insert = () =>
      db
        .insertInto('mirrors')
        .values({
          ...{ projectId: 'q', branchId: '1', repositoryUrl: 'https://git.example/q.git' },
          ...{ repositoryBranch: 'main', subdirectory: '', policy: '{}' },
          ...{ replacedSecrets: '[]', warnings: '[]' },
        })
        .execute();
    expect(await newsOf(insert)).toEqual(['mirror/q/1']);
    const rename = (name: string) => () =>
      db.updateTable('projects').set({ name }).where('id', '=', 'q').execute();
    expect(await newsOf(rename('Quick'))).toEqual(['mirror/q/1']);
    expect(await newsOf(rename('Quick'))).toEqual([]);
  });

  test('about a space, its saves, conflicts, batches and outages', async () => {
    const of = 'space/s';
    const save = () =>
      db.transaction().execute((trx) =>
        acceptSave(trx, {
          ...{ spaceId: 's', entryId: 'e', kind: 'skill', path: 'knowledge/skills/e.md' },
          ...{
            action: 'create',
            base: null,
            person,
            by: ourselves,
            via: 'api',
            message: null,
          },
          content: {
            ...{ text: 'x', blob: 'a'.repeat(40), declaredId: 'e', title: 'E' },
            ...{ fields: {}, problems: [] },
          },
        }),
      );
    expect(await newsOf(save)).toEqual([of]);
    const hold = (holds: Parameters<typeof noteHolds>[2]) => () =>
      db.transaction().execute((trx) => noteHolds(trx, 's', holds));
    const held = new Map([['e', { code: 'path_blocked', message: 'A file is there.' }]] as const);
    expect(await newsOf(hold(held))).toEqual([of]);
    expect(await newsOf(hold(held))).toEqual([]);
    expect(await newsOf(hold(new Map()))).toEqual([of]);
    const conflict = () =>
      db.transaction().execute((trx) =>
        insertConflict(trx, {
          ...{ spaceId: 's', entryId: 'e', kind: 'skill', path: 'knowledge/skills/e.md' },
          ...{ baseText: null, git: { text: 'a', commit: null, author: null, at: null } },
          mine: { text: 'b', authors: [], at: new Date() },
        }),
      );
    expect(await newsOf(conflict)).toEqual([of]);
    const settle = () =>
      db
        .updateTable('conflicts')
        .set({ settled: jsonb({}) })
        .execute();
    expect(await newsOf(settle)).toEqual([of]);
    const open = () =>
      db.transaction().execute((trx) => insertBatch(trx, sealer, batch(randomUUID(), of)));
    expect(await newsOf(open)).toEqual([of]);
    expect(await newsOf(() => failure(of))).toEqual([of]);
    expect(await newsOf(() => markSpace(db, 's', 'pause'))).toEqual([of]);
    const settled = () =>
      db.updateTable('saves').set({ state: 'unneeded' }).where('spaceId', '=', 's').execute();
    expect(await newsOf(settled)).toEqual(['saves/s']);
  });

  test('about an operation, once for each chunk of its items', async () => {
    const id = randomUUID();
    const settings = { kind: null, update: true, items: 'texts' as const };
    const items = Array.from({ length: 500 }, (_, index) => ({
      name: `${index}`,
      content: 'text',
    }));
    const insert = (trx: Parameters<typeof insertOperation>[0]) =>
      insertOperation(trx, {
        ...{ id, spaceId: 's', type: 'import', dryRun: false, settings, person, by: ourselves },
      });
    const chunk = (from: number) => () =>
      db.transaction().execute((trx) =>
        noteDone(
          trx,
          id,
          items.slice(from, from + 250).map((_, index) => ({
            ...{ ordinal: from + index + 1, outcome: 'created' as const },
            ...{ entryId: `${from + index}`, message: null },
          })),
        ),
      );
    const about = [`operation/${id}`];
    await newsOf(() =>
      db.transaction().execute(async (trx) => {
        await insert(trx);
        await insertItems(trx, id, items);
      }),
    );
    expect(await newsOf(chunk(0))).toEqual(about);
    expect(await newsOf(chunk(250))).toEqual(about);
    expect(await newsOf(() => noteCurrent(db, id, 'acme'))).toEqual(about);
    const end = () => db.transaction().execute((trx) => noteEnded(trx, id, 'done'));
    expect(await newsOf(end)).toEqual(about);
    expect(await newsOf(end)).toEqual([]);
  });

  test('about a token that is revoked, not about one that is used', async () => {
    const { row, secret } = await createToken(db, {
      ...{
        kind: 'machine',
        name: 'reads',
        email: null,
        role: 'reader',
        projects: null,
        spaces: null,
      },
    });
    expect(await newsOf(() => useToken(db, secret))).toEqual([]);
    expect(await newsOf(() => revokeToken(db, row.id))).toEqual([`token/${row.id}`]);
    expect(await newsOf(() => revokeToken(db, row.id))).toEqual([]);
  });

  test('about a person who may do something else, and a session that is over', async () => {
    const facts = { name: 'Ada', email: null, role: 'reader' as const, projects: null, spaces: null }; // prettier-ignore
    const { id } = await insertPerson(db, facts);
    const change = (to: object) => () =>
      updatePerson(db, id, { ...facts, isDisabled: false, ...to });
    expect(await newsOf(change({ name: 'Ada L.' }))).toEqual([]);
    expect(await newsOf(() => notePersonSeen(db, id))).toEqual([]);
    expect(await newsOf(change({ role: 'editor' }))).toEqual([`person/${id}`]);
    expect(await newsOf(change({ isDisabled: true }))).toEqual([`person/${id}`]);
    const started = () =>
      insertSession(db, sealer, {
        ...{ of: { tokenId: null, personId: id }, method: 'link', userAgent: null, address: null },
        expiresAt: new Date(Date.now() + minutes),
        provider: null,
      });
    let session = '';
    expect(await newsOf(async () => (session = (await started()).row.id))).toEqual([]);
    expect(await newsOf(() => removeSession(db, session))).toEqual([`session/${session}`]);
    expect(await newsOf(() => removeSession(db, session))).toEqual([]);
  });

  test('about the end of an operation or a mirror that a stream follows', async () => {
    const id = randomUUID();
    await newsOf(() =>
      insertOperation(db, {
        ...{ id, spaceId: 's', type: 'sync', dryRun: false, person, by: ourselves },
        settings: { kind: null, update: true, items: 'texts' },
      }),
    );
    const removed = () => db.deleteFrom('operations').where('id', '=', id).execute();
    expect(await newsOf(removed)).toEqual([`operation/${id}`]);
    await db.deleteFrom('changeEvents').execute();
    const ended = () => db.deleteFrom('mirrors').where('projectId', '=', 'p').execute();
    expect(await newsOf(ended)).toEqual([stream]);
  });
});
