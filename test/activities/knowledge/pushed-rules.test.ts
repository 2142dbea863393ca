import { describe, expect, it } from 'vitest';
import { acceptHeldRules, acceptRules } from '../../../db/knowledge/space-wants.ts';
import { markSpace } from '../../../db/knowledge/spaces.ts';
import { rulesDigest } from '../../../knowledge/review/rules-file.ts';
import { customer, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const { space, db } = await spacesUnderTest();

const file = 'knowledge/.gitward/rules.yml';
const acme = 'knowledge/customers/acme.md';
const prices = '  - name: Prices\n    kinds: [skill]\n    approvals: 2\n';
const weaker = '  - name: Prices\n    kinds: [skill]\n';
const legal = '  - name: Legal\n    paths: ["documents/*"]\n';

type Files = Parameters<SpaceUnderTest['repository']['commit']>[0]['files'];

/** A rules file with these rules. */
function rules(...lines: string[]): string {
  return `review:\n${lines.join('')}`;
}

async function push(under: SpaceUnderTest, files: Files): Promise<void> {
  await under.repository.commit({ files });
  await under.sync();
}

/** A space whose rules are in force. */
async function spaceWith(text: string): Promise<SpaceUnderTest> {
  const under = await space({ [acme]: customer('acme'), [file]: text });
  await under.sync();
  return under;
}

/** The rules in force from the repository, as `name approvals`. */
async function inForce(under: SpaceUnderTest): Promise<string[]> {
  const { reviewRules } = await under.row();
  return reviewRules.map(({ name, approvals }) => `${name} ${approvals}`);
}

async function problems(under: SpaceUnderTest): Promise<string[]> {
  return (await under.row()).problems.first.map(({ path, message }) => `${path}: ${message}`);
}

function acceptHeld(under: SpaceUnderTest, digest: string): Promise<boolean> {
  return db.transaction().execute((trx) => acceptHeldRules(trx, under.id, digest));
}

describe('the rules of the repository', () => {
  it('are in force once they were read, and added ones as well', async () => {
    const under = await spaceWith(rules(prices));
    expect(await inForce(under)).toEqual(['Prices 2']);
    await push(under, { [file]: rules(legal, prices) });
    expect(await inForce(under)).toEqual(['Legal 1', 'Prices 2']);
    expect(await under.row()).toMatchObject({ heldRules: null, problems: { first: [] } });
    // No file below .gitward is an entry.
    await push(under, { 'knowledge/.gitward/skills/x.md': customer('x') });
    expect(await under.ids()).toEqual(['acme']);
  });

  it('may be at the root of the repository', async () => {
    const under = await space({
      'skills/a.md': customer('a'),
      '.gitward/rules.yml': rules(prices),
    });
    await db.updateTable('spaces').set({ root: '' }).where('id', '=', under.id).execute();
    await under.sync();
    expect(await inForce(under)).toEqual(['Prices 2']);
    await push(under, {
      '.gitward/rules.yml': rules(weaker),
      '.gitward/skills/x.md': customer('x'),
    });
    expect(await inForce(under)).toEqual(['Prices 2']);
    expect((await under.row()).heldRules?.digest).toBe(rulesDigest(rules(weaker)));
    expect(await under.ids()).toEqual(['a']);
  });

  it('are told what looks like them, or is about nothing', async () => {
    const other = 'knowledge/.gitward/Rules.yaml';
    const under = await spaceWith(rules('  - name: Typo\n    kinds: [skil]\n'));
    await push(under, { [other]: rules(prices) });
    expect(await inForce(under)).toEqual(['Typo 1']);
    expect(await problems(under)).toEqual([
      `${file}: The rule "Typo" is about the kind "skil", which this space does not have: write another, or remove it.`,
      `${other}: Rules are read from ${file} only: rename this file.`,
    ]);
    // They are counted together with schema files that cannot be used.
    await push(under, { 'knowledge/.schemas/bad.json': '{' });
    expect((await under.row()).problems.counts).toEqual({ '': 3 });
    await push(under, { 'knowledge/.schemas/bad.json': null });
    await push(under, { [other]: null, 'knowledge/.schemas/skil.json': kindOf('skils') });
    expect(await problems(under)).toEqual([]);
  });

  function kindOf(folder: string): string {
    return JSON.stringify({ type: 'object', 'x-gitward': { folder, title: 'name' } });
  }
});

describe('a push that weakens the rules', () => {
  const removes = `It removes or changes rules that are in force: "Prices". They stay`;

  it.each<[string, Files[string]]>([
    ['removes one', rules(legal)],
    ['relaxes one', rules(weaker)],
    ['removes them all', rules()],
    ['removes the file', null],
    ['makes the file a link', { mode: '120000', text: 'other.yml' }],
  ])('has no effect if it %s', async (_what, text) => {
    const under = await spaceWith(rules(prices));
    await push(under, { [file]: text });
    expect(await inForce(under)).toEqual(['Prices 2']);
    const { heldRules } = await under.row();
    expect(heldRules?.digest).toBe(rulesDigest(typeof text === 'string' ? text : null));
    expect(await problems(under)).toEqual([expect.stringContaining(removes)]);
    expect((await problems(under))[0]).toContain('gitward knowledge spaces accept-rules');
    // What is pushed next does not bring it into force, and neither does reading everything again.
    await push(under, { [acme]: customer('acme', ['tier: gold']) });
    await db.updateTable('spaces').set({ rereadWanted: true }).where('id', '=', under.id).execute();
    await under.sync();
    expect(await inForce(under)).toEqual(['Prices 2']);
    expect((await under.row()).heldRules).toEqual(heldRules);
    await push(under, { [file]: rules(prices) });
    expect(await under.row()).toMatchObject({ heldRules: null, problems: { first: [] } });
  });

  it('has no effect by a rewritten branch that an operator approved', async () => {
    const under = await spaceWith(rules(prices));
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.sync();
    await under.repository.commit({ orphan: true, files: { [acme]: customer('acme') } });
    await expect(under.sync()).rejects.toThrow('history was rewritten');
    await markSpace(db, under.id, 'approve');
    await under.sync();
    expect(await inForce(under)).toEqual(['Prices 2']);
    expect((await under.row()).heldRules?.rules).toEqual([]);
  });

  it('has no effect in another repository either', async () => {
    const under = await spaceWith(rules(prices));
    await under.repository.commit({ branch: 'other', files: { [acme]: customer('acme') } });
    await db
      .updateTable('spaces')
      .set({ repositoryBranch: 'other', syncedSha: null, rereadWanted: true })
      .where('id', '=', under.id)
      .execute();
    await under.sync();
    expect(await inForce(under)).toEqual(['Prices 2']);
  });

  it('is in force once an admin accepted just this file, without reading the entries again', async () => {
    const under = await spaceWith(rules(prices));
    await push(under, { [file]: rules(weaker, legal) });
    const { heldRules } = await under.row();
    expect(heldRules).toMatchObject({ rules: [{ name: 'Prices' }, { name: 'Legal' }] });
    const digest = heldRules?.digest ?? 'nothing waits';
    expect(await acceptHeld(under, rulesDigest('other'))).toBe(false);
    expect(await acceptHeld(under, digest)).toBe(true);
    // Somebody pushes more between the admin's look and the reading.
    await push(under, { [file]: rules() });
    expect(await inForce(under)).toEqual(['Prices 2']);
    expect(await acceptHeld(under, digest)).toBe(false);
    await push(under, { [file]: rules(weaker, legal) });
    expect(await inForce(under)).toEqual(['Prices 1', 'Legal 1']);
    expect(await under.row()).toMatchObject({ heldRules: null, acceptedRules: null });
    // It was accepted once: the same file weakens others later, and waits again.
    await push(under, { [file]: rules(weaker, legal, '  - name: More\n') });
    await push(under, { [file]: rules(weaker, legal) });
    expect((await under.row()).heldRules?.digest).toBe(digest);
  });

  it('is in force at the next look after it was accepted, if nobody pushes', async () => {
    const under = await spaceWith(rules(prices));
    await push(under, { [file]: null });
    expect(await acceptHeld(under, rulesDigest(null))).toBe(true);
    const { entries } = await under.sync();
    expect(entries).toBe(0);
    expect(await inForce(under)).toEqual([]);
    expect(await under.row()).toMatchObject({ heldRules: null, problems: { first: [] } });
  });

  it('is in force at once if it came through a review, noted before or after it is on the branch', async () => {
    const under = await spaceWith(rules(prices));
    const accept = (text: string) =>
      db.transaction().execute((trx) => acceptRules(trx, under.id, rulesDigest(text)));
    await accept(rules(legal));
    await push(under, { [acme]: customer('acme', ['tier: gold']) });
    expect(await inForce(under)).toEqual(['Prices 2']);
    await push(under, { [file]: rules(legal) });
    expect(await inForce(under)).toEqual(['Legal 1']);
    await push(under, { [file]: rules() });
    await accept(rules());
    await under.sync();
    expect(await inForce(under)).toEqual([]);
  });

  it('waits again if other rules came into force after it was accepted', async () => {
    const under = await spaceWith(rules(prices));
    await db.transaction().execute((trx) => acceptRules(trx, under.id, rulesDigest(rules(legal))));
    await push(under, { [file]: rules(prices, '  - name: More\n') });
    expect((await under.row()).acceptedRules).toBeNull();
    await push(under, { [file]: rules(legal) });
    expect(await inForce(under)).toEqual(['Prices 2', 'More 1']);
  });
});

describe('a file that cannot be read', () => {
  it.each<[string, Files[string], string]>([
    [
      'has a typo',
      'review:\n  - name: Prices\n    kind: [skill]\n',
      'Line 3: A rule has no key "kind"',
    ],
    ['is larger than any entry', '#'.repeat(1_100_000), 'Line 1: The file is larger than 64 KiB'],
  ])('changes nothing if it %s, and says where', async (_what, text, message) => {
    const under = await spaceWith(rules(prices));
    await push(under, { [file]: text });
    expect(await inForce(under)).toEqual(['Prices 2']);
    expect((await under.row()).heldRules).toBeNull();
    expect((await problems(under))[0]).toContain(message);
    expect((await problems(under))[0]).toContain('stay in force until this is mended');
    // And nobody weakens the rules by way of a file that cannot be read.
    await push(under, { [file]: rules(weaker) });
    expect(await inForce(under)).toEqual(['Prices 2']);
  });
});
