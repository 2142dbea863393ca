import { afterEach, describe, expect, it } from 'vitest';
import { somebodyWaits } from '../../support/somebody-waits.ts';
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

/** A sync that stops at reading the history until it is released. */
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

// The reading is held until the test releases it, so a save that waited for it would never end.
describe('while a branch is being read', () => {
  it('saves are accepted at once, even during the first reading', async () => {
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
    // A save whose author has not seen what Git has does not overwrite it.
    expect(await of.conflicts()).toMatchObject([{ entryId: 'acme', mineText: mine }]);
    expect(await of.repository.read(acme)).toBe(customer('acme', ['tier: iron']));
  });

  it('a save of an entry that was just pushed is merged with the push', async () => {
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

  it('a second worker that reads it at the same time gives way, and everything is read once', async () => {
    const of = await space(customers(250));
    const done = await Promise.allSettled([of.sync(), of.sync()]);
    const gaveWay = done.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    expect(gaveWay.length).toBeLessThanOrEqual(1);
    for (const reason of gaveWay) {
      expect(reason).toMatchObject({ type: 'ChangedMeanwhile' });
      // Temporal retries in the same way.
      await of.sync();
    }
    const twin = await twinOf(of);
    await twin.sync();
    expect(await heldOf(of)).toEqual(await heldOf(twin));
    expect(await of.row()).toMatchObject({ partlyRead: false, rereadWanted: false });
  });

  it('a worker may be lost while it indexes the history; the next one continues from there', async () => {
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

it('history that was indexed beyond the last finished reading is dropped when the branch is reset', async () => {
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

describe('when the worker was lost after only some of the saves were read back', () => {
  it('a deleted branch is held, even after a first import', async () => {
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

  it('a branch that was rewritten without those saves is held, even if it contains our earlier commit', async () => {
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

it('a deleted branch is not forgotten if another worker has read it in the meantime', async () => {
  const of = await space(customers(120));
  await of.sync();
  await of.repository.deleteBranch();
  await approve(of);
  const late = await db.transaction().execute(async (trx) => {
    // Another worker reads the branch in the meantime.
    const { id, generation } = await of.row();
    await trx
      .updateTable('spaces')
      .set({ generation: generation + 1 })
      .where('id', '=', id)
      .execute();
    const done = of.sync().catch((error: unknown) => error);
    await somebodyWaits(db);
    return { done };
  });
  expect(await late.done).toMatchObject({ type: 'ChangedMeanwhile' });
  expect(await of.saves()).toEqual([]);
  await of.sync();
  expect(await of.repository.files()).toEqual(customers(120));
});

/** Saves these entries, each in its own file. */
async function saveAll(of: SpaceUnderTest, texts: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(texts))
    await of.save(path.replace(/^.*\/(.*)\.md$/, '$1'), { path, text });
}

async function approve({ id }: SpaceUnderTest): Promise<void> {
  await db.updateTable('spaces').set({ approvedAt: new Date() }).where('id', '=', id).execute();
}

describe('a reading that was interrupted', () => {
  it('leaves saves of the entries that it stored to the next reading', async () => {
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

  it('is forgotten if the branch is deleted; saves made in the meantime start the branch again', async () => {
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

  it('does not take our own commits twice', async () => {
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

describe('a commit that claims to be ours', () => {
  it('is treated as a push if it was not recorded: the save that it names keeps waiting', async () => {
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

  it('loses nothing if its record is missing after a restore of the database', async () => {
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
