import { describe, expect, it } from 'vitest';
import { listEntries } from '../../../db/knowledge/entry-lists.ts';
import { customer, eva, jan, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const { space, db } = await spacesUnderTest();
const acme = 'knowledge/customers/acme.md';

/** A space with a conflict about a field: Git has `git`, and what Eva saved is `mine`. */
async function clashing(): Promise<SpaceUnderTest> {
  const of = await space({ [acme]: customer('acme', ['tier: before']) });
  await of.sync();
  await of.save('acme', { text: customer('acme', ['tier: mine']) });
  await of.repository.commit({ files: { [acme]: customer('acme', ['tier: git']) } });
  await of.sync();
  expect(await of.conflicts()).toMatchObject([{ cause: 'clash', settled: null }]);
  return of;
}

function listed({ id }: SpaceUnderTest) {
  return listEntries(db, id, {
    ...{ kinds: null, status: null, words: [], fields: [], after: null, limit: 10 },
    order: { by: { column: 'id' }, descending: false },
  });
}

describe('a conflict', () => {
  it('closes itself when Git has come to what was saved', async () => {
    const of = await clashing();
    await of.repository.commit({ files: { [acme]: customer('acme', ['tier: mine']) } });
    expect(await of.sync()).toMatchObject({ openConflicts: 0, waitingSaves: 0, commits: 0 });
    expect(await of.conflicts()).toMatchObject([
      { settled: { by: 'Gitward', saveId: null, settlement: { take: 'git' } } },
    ]);
    expect(await of.entry('acme')).toMatchObject({ conflicted: false, waiting: false });
  });

  it('closes itself when what was in the way is taken back, and the save is sent', async () => {
    const of = await clashing();
    await of.repository.commit({
      files: { [acme]: customer('acme', ['tier: before'], '# A colleague\n') },
    });
    expect(await of.sync()).toMatchObject({ openConflicts: 0, waitingSaves: 0, commits: 1 });
    expect(await of.repository.read(acme)).toBe(
      customer('acme', ['tier: mine'], '# A colleague\n'),
    );
    const [commit] = await of.repository.log();
    expect(commit!.author).toEqual(eva);
    expect(await of.conflicts()).toMatchObject([{ settled: { settlement: { take: 'mine' } } }]);
  });

  it('stays open if what would be sent needs a review, and closes if nothing would be', async () => {
    const of = await clashing();
    const rule = { name: 'Tiers', kinds: ['customer'], fields: ['tier'], approvals: 1 };
    await db
      .updateTable('spaces')
      .set({ reviewRules: JSON.stringify([{ ...rule, author: false }]) })
      .where('id', '=', of.id)
      .execute();
    const before = customer('acme', ['tier: before'], '# A colleague\n');
    await of.repository.commit({ files: { [acme]: before } });
    expect(await of.sync()).toMatchObject({ openConflicts: 1, waitingSaves: 0, commits: 0 });
    expect(await of.repository.read(acme)).toBe(before);
    await of.repository.commit({ files: { [acme]: customer('acme', ['tier: mine']) } });
    expect(await of.sync()).toMatchObject({ openConflicts: 0, commits: 0 });
  });

  it('stays open if what would be sent moves an environment that requires checks', async () => {
    const path = 'knowledge/environments/live.md';
    const live = (commit: string, body = '') =>
      `---\nid: live\nname: Live\nrequireChecks: true\ncommit: ${commit.repeat(40)}\n---\n${body}`;
    const of = await space({ [path]: live('a') });
    await of.sync();
    await of.save('live', { text: live('b') });
    await of.repository.commit({ files: { [path]: live('c') } });
    expect(await of.sync()).toMatchObject({ openConflicts: 1 });
    await of.repository.commit({ files: { [path]: live('a', 'Words.\n') } });
    expect(await of.sync()).toMatchObject({ openConflicts: 1, waitingSaves: 0, commits: 0 });
    expect(await of.repository.read(path)).toBe(live('a', 'Words.\n'));
  });

  it('stays open if somebody has saved the entry since, who saw it', async () => {
    const of = await clashing();
    await of.save('acme', { text: customer('acme', ['tier: before']), person: jan });
    expect(await of.sync()).toMatchObject({ openConflicts: 1, commits: 1 });
    expect(await of.sync()).toMatchObject({ openConflicts: 1, commits: 0 });
    expect(await of.repository.read(acme)).toBe(customer('acme', ['tier: before']));
  });

  it('stays open while the sides differ, whatever else changes', async () => {
    const of = await clashing();
    await of.repository.commit({
      files: { [acme]: customer('acme', ['tier: git'], '# A colleague\n') },
    });
    expect(await of.sync()).toMatchObject({ openConflicts: 1 });
  });
});

describe('an entry with a conflict that was removed in Git', () => {
  it('stays listed under its title, until the conflict is settled', async () => {
    const of = await clashing();
    await of.repository.commit({ files: { [acme]: null, 'README.md': 'Gone.\n' } });
    await of.sync();
    expect(await of.entry('acme')).toMatchObject({ headBlob: null, title: 'ACME' });
    expect(await listed(of)).toMatchObject([{ id: 'acme', title: 'ACME', headBlob: null }]);
    expect(await of.conflicts()).toMatchObject([{ settled: null }]);
  });

  it('is an ordinary entry again when it comes back', async () => {
    const of = await clashing();
    await of.repository.commit({ files: { [acme]: null, 'README.md': 'Gone.\n' } });
    await of.sync();
    await of.repository.commit({ files: { [acme]: customer('acme', ['tier: mine']) } });
    expect(await of.sync()).toMatchObject({ openConflicts: 0 });
    expect(await listed(of)).toMatchObject([{ id: 'acme', conflicted: false }]);
  });
});

it('a title that cannot be read any more stays the last known one', async () => {
  const of = await space({ [acme]: customer('acme', ['tier: gold']) });
  await of.sync();
  await of.repository.commit({ files: { [acme]: '---\nid: acme\nname: [ACME\n---\n' } });
  await of.sync();
  expect(await of.entry('acme')).toMatchObject({
    title: 'ACME',
    problems: [{ code: 'unparsable' }],
  });
  await of.repository.commit({ files: { [acme]: Buffer.from([0xff, 0xfe]) } });
  await of.sync();
  expect(await listed(of)).toMatchObject([{ title: 'ACME' }]);
});
