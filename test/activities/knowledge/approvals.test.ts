import { describe, expect, it } from 'vitest';
import { findConflict } from '../../../db/knowledge/conflicts.ts';
import { markSpace } from '../../../db/knowledge/spaces.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import { mergeEntries, settleConflict } from '../../../knowledge/merge/merge-entries.ts';
import { takeAgain } from '../../../knowledge/merge/take-again.ts';
import { customers, lostReadings, pathOf } from './lost-readings.ts';
import { customer, jan, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const under = await spacesUnderTest();
const { space, texts } = under;
const { findWorker, loseWorkerAt } = lostReadings(under);
const acme = 'knowledge/customers/acme.md';
const beta = 'knowledge/customers/beta.md';
const kind = builtInKinds.find(({ name }) => name === 'customer')!;

/** A space with two saves of one entry in Git, each in a commit of its own. */
async function delivered(): Promise<SpaceUnderTest> {
  const of = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
  await of.sync();
  await of.save('acme', { text: customer('acme', ['tier: silver']) });
  await of.sync();
  await of.save('acme', { text: customer('acme', ['tier: gold']), person: jan });
  await of.sync();
  return of;
}

/** A force-push that drops this many of the last commits, and perhaps adds one. */
async function dropped(
  of: SpaceUnderTest,
  commits: number,
  files?: Record<string, string>,
): Promise<string> {
  const tip = (await of.repository.tip())!;
  await of.repository.git(['update-ref', 'refs/heads/main', `main~${commits}`]);
  if (files !== undefined) await of.repository.commit({ files });
  return tip;
}

async function approve(of: SpaceUnderTest): Promise<void> {
  await expect(of.sync()).rejects.toMatchObject({ type: 'history_lost' });
  await markSpace(of.db, of.id, 'approve');
  await of.sync();
}

async function states(of: SpaceUnderTest): Promise<string[]> {
  return (await of.saves()).map(({ state }) => state);
}

/** The parts between which somebody chooses, as the API shows them. */
async function partsOf(of: SpaceUnderTest, conflictId: string) {
  const conflict = (await findConflict(of.db, of.id, conflictId))!;
  const { headText: git } = await of.entry(conflict.entryId);
  const sides = { kind, base: conflict.baseText, git, mine: conflict.mineText };
  const merged = await mergeEntries(await takeAgain({ ...sides, mergeTexts: texts.merge }));
  return merged.kind === 'conflict' ? merged.parts : [];
}

describe('an approval of a branch that dropped our commits', () => {
  it.each([
    ['the last one', 1, undefined],
    ['both', 2, undefined],
    ['the last one, and a commit instead', 1, { [beta]: customer('beta', ['tier: x']) }],
    ['both, and a commit instead', 2, { [beta]: customer('beta', ['tier: x']) }],
  ])('lasts: %s', async (_name, commits, files) => {
    const of = await delivered();
    await dropped(of, commits, files);
    await approve(of);
    for (const tier of ['y', 'z']) {
      await of.repository.commit({ files: { [beta]: customer('beta', [`tier: ${tier}`]) } });
      expect(await of.sync()).toMatchObject({ waitingSaves: 0 });
      await of.save('beta', { text: customer('beta', [`tier: ${tier}${tier}`]) });
      expect(await of.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
      expect(await of.entry('beta')).toMatchObject({ waiting: false, failure: null });
    }
    expect((await states(of)).slice(2)).toEqual(['delivered', 'delivered']);
  });

  it('does not count for the next rewritten branch if nothing was wrong any more', async () => {
    const of = await delivered();
    const tip = await dropped(of, 1);
    await expect(of.sync()).rejects.toMatchObject({ type: 'history_lost' });
    await of.repository.git(['update-ref', 'refs/heads/main', tip]);
    await markSpace(of.db, of.id, 'approve');
    await of.sync();
    await dropped(of, 1);
    await expect(of.sync()).rejects.toMatchObject({ type: 'history_lost' });
  });
});

describe('what a force-push dropped', () => {
  it('is offered, with its authors and what it changed', async () => {
    const of = await delivered();
    await dropped(of, 2, { [acme]: customer('acme', ['region: EMEA']) });
    await approve(of);
    expect(await states(of)).toEqual(['lost', 'lost']);
    const [conflict, ...others] = await of.conflicts();
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ cause: 'lost', entryId: 'acme', settled: null });
    expect(conflict!.mineAuthors.map(({ name }) => name).sort()).toEqual(['Eva Nová', 'Jan Malý']);
    expect(await of.entry('acme')).toMatchObject({ conflicted: true, waiting: false });
    expect(await partsOf(of, conflict!.id)).toMatchObject([
      { id: 'field:/tier', git: null, mine: 'gold' },
    ]);
    const sides = { kind, base: conflict!.baseText, git: (await of.entry('acme')).headText };
    const { mine } = await takeAgain({
      ...sides,
      mine: conflict!.mineText,
      mergeTexts: texts.merge,
    });
    // What a colleague added in the meantime stays.
    expect(mine).toBe(customer('acme', ['region: EMEA', 'tier: gold']));
  });

  it('only as far as it was dropped', async () => {
    const of = await delivered();
    await dropped(of, 1);
    await approve(of);
    expect(await states(of)).toEqual(['delivered', 'lost']);
    const [conflict] = await of.conflicts();
    expect(await partsOf(of, conflict!.id)).toMatchObject([
      { id: 'field:/tier', git: 'silver', mine: 'gold' },
    ]);
  });

  it('is offered once, whatever happens to the branch later', async () => {
    const of = await delivered();
    await dropped(of, 2);
    await approve(of);
    await of.save('beta', { text: customer('beta', ['tier: x']) });
    await of.sync();
    await dropped(of, 1);
    await approve(of);
    const offered = (await of.conflicts()).map(({ entryId }) => entryId);
    expect(offered).toEqual(['acme', 'beta']);
  });

  it('is not offered where the branch has it nevertheless, as after a rebase', async () => {
    const of = await delivered();
    const before = await of.repository.read(acme);
    await dropped(of, 2, { [acme]: before });
    await approve(of);
    expect(await of.conflicts()).toEqual([]);
    expect(await states(of)).toEqual(['unneeded', 'unneeded']);
    expect(await of.entry('acme')).toMatchObject({ conflicted: false });
  });

  it('is not offered where the branch was rewritten without changing the entry, although others had changed it', async () => {
    const of = await delivered();
    await of.repository.commit({ files: { [acme]: customer('acme', ['tier: iron']) } });
    await of.sync();
    // The same trees with other ids, as after a rebase of everything or a filter.
    await of.repository.commit({ files: await of.repository.files(), orphan: true });
    await approve(of);
    expect(await of.conflicts()).toEqual([]);
    expect(await states(of)).toEqual(['unneeded', 'unneeded']);
  });

  it('of a former branch is not offered', async () => {
    const of = await delivered();
    const tip = (await of.repository.tip())!;
    await of.repository.deleteBranch();
    await expect(of.sync()).rejects.toMatchObject({ type: 'branch_gone' });
    await markSpace(of.db, of.id, 'approve');
    await of.sync();
    await of.save('beta', { text: customer('beta', ['tier: gold']) });
    await of.sync();
    expect(await of.repository.tip()).not.toBe(tip);
    await dropped(of, 1, { [acme]: customer('acme', ['tier: iron']) });
    await approve(of);
    expect((await of.conflicts()).map(({ entryId }) => entryId)).toEqual(['beta']);
  });

  it('does not make a commit with its comments if it is let go', async () => {
    const of = await space({ [acme]: customer('acme', ['tier: a']) });
    await of.sync();
    await of.save('acme', { text: customer('acme', ['tier: b # a note']) });
    await of.sync();
    await dropped(of, 1);
    await approve(of);
    const [conflict] = await of.conflicts();
    const { headText: git } = await of.entry('acme');
    const sides = { kind, base: conflict!.baseText, git, mine: conflict!.mineText };
    const input = await takeAgain({ ...sides, mergeTexts: texts.merge });
    expect(await settleConflict(input, { take: 'git' })).toBe(git);
    expect(await settleConflict(input, { parts: { 'field:/tier': 'git' } })).toBe(git);
    expect(await settleConflict(input, { take: 'mine' })).toBe(conflict!.mineText);
  });

  it('a move that was dropped is told', async () => {
    const of = await space({ [acme]: customer('acme') });
    await of.sync();
    await of.move('acme', 'knowledge/customers/moved.md');
    await of.sync();
    await dropped(of, 1);
    await approve(of);
    const logs = await of.db
      .selectFrom('syncLogs')
      .select('message')
      .where('spaceId', '=', of.id)
      .execute();
    expect(logs).toContainEqual({ message: expect.stringContaining('moved to') as string });
  });

  it('is withdrawn when somebody restores the branch', async () => {
    const of = await delivered();
    const tip = await dropped(of, 2);
    await approve(of);
    await of.repository.git(['update-ref', 'refs/heads/main', tip]);
    await of.sync();
    expect(await states(of)).toEqual(['delivered', 'delivered']);
    expect(await of.conflicts()).toMatchObject([{ settled: { saveId: null } }]);
    expect(await of.entry('acme')).toMatchObject({ conflicted: false });
    // It is known again, so that the next one who drops it is noticed, and it is offered again.
    await dropped(of, 2);
    await approve(of);
    expect(await states(of)).toEqual(['lost', 'lost']);
  });

  it('an entry that exists nowhere any more is found with its conflict', async () => {
    const of = await space({ [beta]: customer('beta') });
    await of.sync();
    await of.save('acme', { text: customer('acme', ['tier: gold']) });
    await of.sync();
    await dropped(of, 1);
    await approve(of);
    expect(await of.entry('acme')).toMatchObject({
      ...{ headBlob: null, gitBlob: null, conflicted: true, title: 'ACME', kind: 'customer' },
      ...{ path: acme, fields: { tier: 'gold' } },
    });
    expect(await of.conflicts()).toMatchObject([
      { cause: 'lost', baseText: null, gitText: null, mineText: customer('acme', ['tier: gold']) },
    ]);
  });

  it('a removal that was dropped is offered as well', async () => {
    const of = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await of.sync();
    await of.save('acme', { text: null });
    await of.sync();
    await dropped(of, 1);
    await approve(of);
    const [conflict] = await of.conflicts();
    expect(conflict).toMatchObject({ cause: 'lost', mineText: null });
    expect(await of.entry('acme')).toMatchObject({ conflicted: true, headText: customer('acme') });
    expect(await partsOf(of, conflict!.id)).toMatchObject([{ what: 'file', mine: null }]);
  });

  it('is found by whoever continues a reading that was lost on the way', async () => {
    const of = await delivered();
    await dropped(of, 2, customers(150));
    await expect(of.sync()).rejects.toMatchObject({ type: 'history_lost' });
    await markSpace(of.db, of.id, 'approve');
    await loseWorkerAt(pathOf(149));
    await expect(of.sync()).rejects.toThrow('The worker is gone');
    await findWorker();
    expect(await of.row()).toMatchObject({ partlyRead: true });
    await of.sync();
    expect(await states(of)).toEqual(['lost', 'lost']);
    expect(await of.conflicts()).toMatchObject([{ cause: 'lost', entryId: 'acme' }]);
  });
});
