import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { customers, lostReadings, pathOf } from './lost-readings.ts';
import { customer, eva, jan, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const under = await spacesUnderTest();
const { db, hooks, space } = under;
const { findWorker, heldOf, loseWorkerAt, twinOf } = lostReadings(under);

const acme = 'knowledge/customers/acme.md';
const beta = 'knowledge/customers/beta.md';

afterEach(async () => {
  hooks.beforeLog = null;
  await findWorker();
});

/** A sync that stays at the history until it is released. */
function heldSync(of: SpaceUnderTest) {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const reached = new Promise<void>((resolve) => {
    hooks.beforeLog = () => {
      resolve();
      return held;
    };
  });
  return { done: of.sync(), reached, release: () => release() };
}

// The reading is held until a test lets it go on: a save that waited for it would never come to its end.
describe('while the branch is read', () => {
  it('for the first time, saves are accepted at once', async () => {
    const of = await space({ [acme]: customer('acme', ['tier: iron']) });
    const { done, reached, release } = heldSync(of);
    await reached;
    const text = customer('beta');
    expect(await of.save('beta', { text })).toMatchObject({ kind: 'accepted' });
    const mine = customer('acme', ['tier: gold']);
    expect(await of.save('acme', { text: mine })).toMatchObject({ kind: 'accepted' });
    release();
    await done;
    expect(await of.repository.read(beta)).toBe(text);
    // Who did not see what Git has does not write over it.
    expect(await of.conflicts()).toMatchObject([{ entryId: 'acme', mineText: mine }]);
    expect(await of.repository.read(acme)).toBe(customer('acme', ['tier: iron']));
  });

  it('after a push, a save of what was pushed is laid over it', async () => {
    const of = await space({ [acme]: customer('acme', ['tier: iron', 'region: EMEA']) });
    await of.sync();
    await of.repository.commit({
      files: { [acme]: customer('acme', ['tier: iron', 'region: APAC']) },
    });
    const { done, reached, release } = heldSync(of);
    await reached;
    const text = customer('acme', ['tier: gold', 'region: EMEA']);
    expect(await of.save('acme', { text })).toMatchObject({ kind: 'accepted' });
    release();
    await done;
    expect(await of.conflicts()).toEqual([]);
    expect(await of.repository.read(acme)).toBe(customer('acme', ['tier: gold', 'region: APAC']));
  });

  it('by two workers at once, one gives way, and all is read once', async () => {
    const of = await space(customers(250));
    const done = await Promise.allSettled([of.sync(), of.sync()]);
    const gaveWay = done.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    expect(gaveWay.length).toBeLessThanOrEqual(1);
    for (const reason of gaveWay) {
      expect(reason).toMatchObject({ type: 'ChangedMeanwhile' });
      // As Temporal does.
      await of.sync();
    }
    const twin = await twinOf(of);
    await twin.sync();
    expect(await heldOf(of)).toEqual(await heldOf(twin));
    expect(await of.row()).toMatchObject({ partlyRead: false, rereadWanted: false });
  });

  it('by somebody who was lost while the history was indexed, the next goes on from there', async () => {
    const of = await space({ [acme]: customer('acme') });
    await of.repository.commit({ files: { [beta]: customer('beta') }, message: 'Two' });
    await loseWorkerAt(beta);
    await expect(of.sync()).rejects.toThrow('The worker is gone');
    expect(await of.versions('beta')).toEqual([`Two: ${beta}`]);
    await findWorker();
    await of.repository.commit({ files: { [beta]: null }, message: 'Three' });
    await of.sync();
    expect(await of.versions('beta')).toEqual(['Three: removed', `Two: ${beta}`]);
    const twin = await twinOf(of);
    await twin.sync();
    expect(await heldOf(of)).toEqual(await heldOf(twin));
  });
});

it('a history that was indexed further than what was read goes back with the branch', async () => {
  const of = await space({ [acme]: customer('acme') });
  await of.sync();
  const before = await of.repository.tip();
  await of.repository.commit({ files: { [beta]: customer('beta') }, message: 'Two' });
  await loseWorkerAt(beta);
  await expect(of.sync()).rejects.toThrow('The worker is gone');
  await findWorker();
  expect(await of.versions('beta')).toEqual([`Two: ${beta}`]);
  await of.repository.setBranch('main', before!);
  await of.sync();
  expect(await of.versions('beta')).toEqual([]);
  const twin = await twinOf(of);
  await twin.sync();
  expect(await heldOf(of)).toEqual(await heldOf(twin));
});

describe('saves that were read back in part when the worker was lost', () => {
  it('hold a branch that is gone, also after a first import', async () => {
    const of = await space();
    const texts = customers(120);
    await saveAll(of, texts);
    await loseWorkerAt(pathOf(119));
    await expect(of.sync()).rejects.toThrow('The worker is gone');
    await findWorker();
    const pushed = await of.repository.tip();
    expect(await of.row()).toMatchObject({
      syncedSha: null,
      deliveredSha: pushed,
      partlyRead: true,
    });
    expect((await of.saves()).some(({ state }) => state === 'delivered')).toBe(true);
    await of.repository.deleteBranch();
    await expect(of.sync()).rejects.toMatchObject({ type: 'branch_gone' });
    expect(await of.ids()).toHaveLength(120);
    await approve(of);
    await of.sync();
    expect(await of.repository.files()).toEqual(texts);
    expect(await of.row()).toMatchObject({ partlyRead: false, approvedAt: null });
  });

  it('hold a branch that was rewritten without them, though with our commit before', async () => {
    const of = await space(customers(120));
    await of.sync();
    await of.save('c3', { text: customer('c3', ['tier: gold']) });
    await of.sync();
    const before = await of.repository.tip();
    expect(await of.row()).toMatchObject({ deliveredSha: before });
    await saveAll(
      of,
      Object.fromEntries(
        Object.keys(customers(120)).map((path, index) => [
          path,
          customer(`c${index}`, ['tier: b']),
        ]),
      ),
    );
    await loseWorkerAt(pathOf(119));
    await expect(of.sync()).rejects.toThrow('The worker is gone');
    await findWorker();
    expect((await of.saves()).filter(({ state }) => state === 'delivered').length).toBeGreaterThan(
      1,
    );
    await of.repository.setBranch('main', before!);
    await expect(of.sync()).rejects.toMatchObject({ type: 'history_lost' });
  });
});

it('a branch that is gone is forgotten only as it was seen', async () => {
  const of = await space(customers(120));
  await of.sync();
  await of.repository.deleteBranch();
  await approve(of);
  const late = await db.transaction().execute(async (trx) => {
    // Another worker reads meanwhile.
    const { id, generation } = await of.row();
    await trx
      .updateTable('spaces')
      .set({ generation: generation + 1 })
      .where('id', '=', id)
      .execute();
    const done = of.sync().catch((error: unknown) => error);
    await somebodyWaits();
    return { done };
  });
  expect(await late.done).toMatchObject({ type: 'ChangedMeanwhile' });
  expect(await of.saves()).toEqual([]);
  await of.sync();
  expect(await of.repository.files()).toEqual(customers(120));
});

/** Saves entries, each in its file. */
async function saveAll(of: SpaceUnderTest, texts: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(texts))
    await of.save(path.replace(/^.*\/(.*)\.md$/, '$1'), { path, text });
}

async function approve({ id }: SpaceUnderTest): Promise<void> {
  await db.updateTable('spaces').set({ approvedAt: new Date() }).where('id', '=', id).execute();
}

/** Returns when a transaction of this database waits for the lock of another. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db);
    if (rows.length > 0) return;
    await sleep(10);
  }
}

describe('a reading that was lost on the way', () => {
  it('leaves what was saved of its entries to the next', async () => {
    const of = await space(customers(250));
    await loseWorkerAt(pathOf(249));
    await expect(of.sync()).rejects.toThrow('The worker is gone');
    expect(await of.row()).toMatchObject({ syncedSha: null, partlyRead: true });
    const [stored] = await of.ids();
    const index = Number(stored!.slice(1));
    const text = customer(stored!, [`tier: t${index}`, 'region: EMEA']);
    await of.save(stored!, { text });
    await findWorker();
    await of.repository.commit({
      files: { [pathOf(index)]: customer(stored!, [`tier: t${index}`], '# Of theirs\n') },
    });
    await of.sync();
    expect(await of.conflicts()).toEqual([]);
    expect(await of.repository.read(pathOf(index))).toBe(
      customer(stored!, [`tier: t${index}`, 'region: EMEA'], '# Of theirs\n'),
    );
    expect(await of.row()).toMatchObject({ partlyRead: false });
  });

  it('is forgotten where the branch is no more; what was saved meanwhile begins it anew', async () => {
    const of = await space(customers(250));
    await loseWorkerAt(pathOf(249));
    await expect(of.sync()).rejects.toThrow('The worker is gone');
    await findWorker();
    const [stored] = await of.ids();
    const text = customer(stored!, ['tier: gold']);
    await of.save(stored!, { text });
    await of.repository.deleteBranch();
    await of.sync();
    expect(await of.ids()).toEqual([stored]);
    expect(Object.values(await of.repository.files())).toEqual([text]);
    expect(await of.row()).toMatchObject({ partlyRead: false });
  });

  it('does not take twice what of ours it had read', async () => {
    const of = await space(customers(250));
    await of.sync();
    for (const index of [3, 7])
      await of.save(`c${index}`, { text: customer(`c${index}`, ['tier: gold']) });
    await of.syncAndLoseWorker();
    const pushed = await of.repository.tip();
    await of.save('c3', { text: customer('c3', ['tier: gold', 'region: EMEA']) });
    const files = Object.fromEntries(
      Array.from({ length: 240 }, (_, at) => [
        pathOf(at + 10),
        customer(`c${at + 10}`, ['tier: theirs']),
      ]),
    );
    await of.repository.commit({ files, author: jan });
    await loseWorkerAt(pathOf(249));
    await expect(of.sync()).rejects.toThrow('The worker is gone');
    await findWorker();
    await of.sync();
    expect(await of.conflicts()).toEqual([]);
    const [first, second, third] = await of.saves();
    expect([first?.commitSha, second?.commitSha]).toEqual([pushed, pushed]);
    expect(third).toMatchObject({ state: 'delivered', commitSha: await of.repository.tip() });
    expect(await of.repository.read(pathOf(3))).toBe(
      customer('c3', ['tier: gold', 'region: EMEA']),
    );
  });
});

describe('a commit that says it is ours', () => {
  it('and was not recorded is a push: the save that it names waits on', async () => {
    const of = await space({ [acme]: customer('acme', ['tier: iron']) });
    await of.sync();
    const text = customer('acme', ['tier: gold']);
    await of.save('acme', { text });
    hooks.beforePlan = () => Promise.reject(new Error('The worker is gone.'));
    await expect(of.sync()).rejects.toThrow('The worker is gone');
    hooks.beforePlan = null;
    const [waiting] = await of.saves();
    expect(waiting?.batchId).toEqual(expect.any(String));
    const forged = await of.repository.commit({
      files: { [beta]: customer('beta') },
      author: { name: 'Gitward', email: 'gitward@localhost' },
      message: [
        'Change customer "ACME"',
        '',
        `Gitward-Stream: space/${of.id}`,
        `Gitward-Installation: ${under.installationId}`,
        `Gitward-Batches: ${waiting!.batchId}`,
        'Gitward-Through: 1',
        'Gitward-Reason: changes',
      ].join('\n'),
    });
    expect(await of.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    const [save] = await of.saves();
    expect(save).toMatchObject({ state: 'delivered', commitSha: await of.repository.tip() });
    expect(save?.commitSha).not.toBe(forged);
    expect(await of.repository.read(acme)).toBe(text);
    const via = await db
      .selectFrom('spaceCommits')
      .select(['sha', 'via'])
      .where('spaceId', '=', of.id)
      .orderBy('position')
      .execute();
    expect(via.map((commit) => commit.via)).toEqual(['push', 'push', 'api']);
  });

  it('and is not known any more, since the database was restored, loses nothing', async () => {
    const of = await space({ [acme]: customer('acme', ['tier: iron']) });
    await of.sync();
    await of.save('acme', { text: customer('acme', ['tier: gold']), person: eva });
    await of.save('beta', { text: customer('beta'), person: eva });
    await of.syncAndLoseWorker();
    await db.deleteFrom('pushedCommits').where('stream', '=', `space/${of.id}`).execute();
    expect(await of.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await of.conflicts()).toEqual([]);
    expect(await of.saves()).toMatchObject([{ state: 'unneeded' }, { state: 'unneeded' }]);
    expect(await of.repository.files()).toEqual({
      [acme]: customer('acme', ['tier: gold']),
      [beta]: customer('beta'),
    });
  });
});

it('a branch that was approved without our commit is not held for it again', async () => {
  const of = await space({ [acme]: customer('acme') });
  await of.sync();
  await of.save('acme', { text: customer('acme', ['tier: gold']) });
  await of.sync();
  await of.repository.commit({ files: { [beta]: customer('beta') }, orphan: true });
  await expect(of.sync()).rejects.toMatchObject({ type: 'history_lost' });
  await db.updateTable('spaces').set({ approvedAt: new Date() }).where('id', '=', of.id).execute();
  await of.sync();
  await of.repository.commit({ files: { [acme]: customer('acme') } });
  await of.sync();
  expect(await of.ids()).toEqual(['acme', 'beta']);
});
