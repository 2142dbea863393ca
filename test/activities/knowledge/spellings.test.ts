import { describe, expect, it } from 'vitest';
import { storeOperation } from './operations-under-test.ts';
import { customer, spacesUnderTest } from './spaces-under-test.ts';

const shared = await spacesUnderTest();
const { space } = shared;
const lower = 'knowledge/customers/acme.md';
const upper = 'knowledge/customers/Acme.md';
const composed = 'knowledge/customers/caf\u00e9.md';
const decomposed = 'knowledge/customers/cafe\u0301.md';

describe('a new entry whose file some systems would take for another one', () => {
  it.each([
    ['in another case', upper, lower],
    ['with accents composed otherwise', composed, decomposed],
    ['as the folder of another one', lower, `${upper}/beta.md`],
    ['in a folder that is another one', `${upper}/beta.md`, lower],
  ])('is refused if that is an entry: %s', async (_, path, taken) => {
    const under = await space({ [taken]: customer('theirs') });
    await under.sync();
    const saved = await under.save('ours', { text: customer('ours'), path });
    expect(saved).toEqual({ kind: 'path_taken', by: 'theirs', path: taken });
  });

  it('is refused if that was saved a moment ago', async () => {
    const under = await space();
    await under.save('first', { text: customer('first'), path: lower });
    const saved = await under.save('second', { text: customer('second'), path: upper });
    expect(saved).toEqual({ kind: 'path_taken', by: 'first', path: lower });
  });

  it('gets another path if that comes from Git before it is sent', async () => {
    const under = await space({ 'knowledge/customers/beta.md': customer('beta') });
    await under.sync();
    await under.save('ours', { text: customer('ours'), path: lower });
    await under.repository.commit({ files: { [upper]: customer('theirs') } });
    await under.sync();
    expect(await under.repository.files()).toEqual({
      'knowledge/customers/beta.md': customer('beta'),
      [upper]: customer('theirs'),
      'knowledge/customers/acme-2.md': customer('ours'),
    });
  });

  it.each([
    ['in the same folder', 'knowledge/customers/README.MD'],
    ['in a folder of another case', 'knowledge/Customers/readMe.md'],
    ['above the root', 'KNOWLEDGE/customers/readme.md/notes.txt'],
  ])('gets another path if that is a file that is no entry: %s', async (_, stranger) => {
    const under = await space({ [stranger]: 'Not an entry.\n' });
    await under.sync();
    await under.save('ours', { text: customer('ours'), path: lower });
    await under.db
      .updateTable('entries')
      .set({ path: 'knowledge/customers/Readme.md' })
      .where('spaceId', '=', under.id)
      .execute();
    await under.sync();
    expect(await under.repository.files()).toEqual({
      [stranger]: 'Not an entry.\n',
      'knowledge/customers/Readme-2.md': customer('ours'),
    });
  });

  it('waits if its folder is such a file', async () => {
    const under = await space({ 'knowledge/Customers': 'Not a folder.\n' });
    await under.sync();
    await under.save('ours', { text: customer('ours'), path: lower });
    expect(await under.sync()).toMatchObject({ commits: 0, heldSaves: 1 });
    expect((await under.entry('ours')).failure).toMatchObject({ code: 'path_blocked' });
  });

  it('is not imported at its path, and gets another one if any will do', async () => {
    const under = await space({ [upper]: customer('theirs') });
    await under.sync();
    const files = await storeOperation(shared, under, 'import', {
      items: { 'customers/acme.md': customer('ours'), 'customers/b.md': customer('b') },
    });
    await files.run();
    expect(await files.items()).toEqual([
      expect.stringMatching(
        /failed: .*acme\.md is the same file as .*Acme\.md of the entry theirs/,
      ),
      'customers/b.md: created',
    ]);
    const loose = await storeOperation(shared, under, 'import', {
      items: { 'notes/x.md': customer('acme'), 'notes/y.md': customer('ACME') },
      kind: 'customer',
    });
    await loose.run();
    const paths = Object.keys(await under.repository.files());
    expect(paths).toContain('knowledge/customers/acme-2.md');
    expect(paths).toContain('knowledge/customers/acme-3.md');
  });
});

describe('entries in Git that some systems take for one file', () => {
  it('are read and edited as they are, and the space says so until one is renamed', async () => {
    const under = await space({ [upper]: customer('one') });
    await under.sync();
    await under.repository.commit({
      files: { [lower]: customer('two'), 'knowledge/customers/x.md': customer('x') },
    });
    await under.sync();
    expect(await under.ids()).toEqual(['one', 'two', 'x']);
    expect((await under.row()).problems).toEqual({
      counts: { customer: 1 },
      first: [
        {
          kind: 'customer',
          path: lower,
          message: `On Windows and macOS this is the same file as ${upper}, so a clone there has only one of the two: rename one.`,
        },
      ],
    });
    await under.save('two', { text: customer('two', ['tier: gold']) });
    await under.sync();
    expect(await under.repository.files()).toMatchObject({
      [upper]: customer('one'),
      [lower]: customer('two', ['tier: gold']),
    });
    expect((await under.row()).problems.counts).toEqual({ customer: 1 });
    await under.repository.commit({
      files: { [lower]: null, 'knowledge/customers/other.md': customer('two') },
    });
    await under.sync();
    expect((await under.row()).problems.counts).toEqual({});
  });

  it('are no problem if one takes the place of the other', async () => {
    const under = await space({ [upper]: customer('one') });
    await under.sync();
    await under.repository.commit({ files: { [upper]: null, [lower]: customer('one') } });
    await under.sync();
    expect(await under.entry('one')).toMatchObject({ path: lower });
    expect((await under.row()).problems.counts).toEqual({});
  });
});
