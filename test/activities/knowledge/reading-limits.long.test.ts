import { beforeEach, describe, expect, it } from 'vitest';
import { defaultReadingLimits } from '../../../model/knowledge/reading-limits.ts';
import { commitTree, treeBomb, writeBlob, writeTree } from '../../support/hostile-trees.ts';
import { customer, spacesUnderTest } from './spaces-under-test.ts';

const { space, readingLimits } = await spacesUnderTest({
  cloneLimits: { treeFiles: 20_000, commits: 50 },
});

beforeEach(() => {
  Object.assign(readingLimits, defaultReadingLimits);
});

function skills(count: number, of: (at: number) => string = (at) => `---\nid: s${at}\n---\n`) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`knowledge/skills/s${at}.md`, of(at)]),
  );
}

describe('a space is held, and keeps what it has,', () => {
  it('if it has too many files, until some are removed', async () => {
    readingLimits.files = 120;
    const under = await space({ 'knowledge/customers/acme.md': customer('acme') });
    await under.sync();
    await under.repository.commit({ files: skills(120) });
    await expect(under.sync()).rejects.toMatchObject({
      type: 'too_many_files',
      message: expect.stringContaining('more than 120 files') as string,
    });
    expect(await under.ids()).toEqual(['acme']);
    await under.repository.commit({ files: { 'knowledge/skills/s0.md': null } });
    await under.sync();
    expect(await under.ids()).toHaveLength(120);
  });

  it('if a tree has more files than are looked at, and nothing is kept of them', async () => {
    const under = await space({ 'knowledge/customers/acme.md': customer('acme') });
    await under.sync();
    const bomb = await treeBomb(under.repository, { levels: 8, width: 10 });
    await commitTree(under.repository, bomb, 'knowledge/other');
    await expect(under.sync()).rejects.toMatchObject({
      type: 'repository_too_large',
      message: expect.stringContaining('GITWARD_MAX_GIT_MIB') as string,
    });
    expect(await under.ids()).toEqual(['acme']);
  });

  it('if its first tree has more files than are looked at', async () => {
    const under = await space();
    const bomb = await treeBomb(under.repository, { levels: 8, width: 10 });
    await commitTree(under.repository, bomb, 'knowledge/other');
    await expect(under.sync()).rejects.toMatchObject({
      type: 'too_many_files',
      message: expect.stringContaining('more than 20,000 files') as string,
    });
  });

  it('if its texts are too large together, however often each is there', async () => {
    readingLimits.text = 5_000_000;
    const under = await space({ 'knowledge/customers/acme.md': customer('acme') });
    await under.sync();
    const blob = await writeBlob(under.repository, 'x'.repeat(100_000));
    const names = Array.from({ length: 60 }, (_, at) => ({ name: `s${at}.md`, id: blob }));
    const tree = await writeTree(under.repository, names);
    await commitTree(under.repository, tree, 'knowledge/skills');
    await expect(under.sync()).rejects.toMatchObject({
      type: 'too_much_text',
      message: expect.stringContaining('6 MiB together') as string,
    });
    expect(await under.ids()).toEqual(['acme']);
  });

  it('if a push makes it too large together with what it had', async () => {
    readingLimits.text = 5_000_000;
    const large = (id: string) => `---\nid: ${id}\n---\n${'x'.repeat(900_000)}`;
    const under = await space(skills(4, (at) => large(`s${at}`)));
    await under.sync();
    const more = Object.fromEntries(
      [4, 5].map((at) => [`knowledge/skills/s${at}.md`, large(`s${at}`)]),
    );
    await under.repository.commit({ files: more });
    await expect(under.sync()).rejects.toMatchObject({ type: 'too_much_text' });
    await under.repository.commit({ files: { 'knowledge/skills/s0.md': null } });
    await under.sync();
    expect(await under.ids()).toHaveLength(5);
  });

  it('if its history is too long', async () => {
    const under = await space();
    await under.repository.commitAll(
      Array.from({ length: 51 }, (_, at) => ({
        files: { 'knowledge/customers/acme.md': customer('acme', [], `${at}\n`) },
      })),
    );
    await expect(under.sync()).rejects.toMatchObject({
      type: 'too_many_commits',
      message: expect.stringContaining('more than 50 commits') as string,
    });
  });

  it('if an old commit had four times as many files', async () => {
    readingLimits.files = 20;
    const under = await space(skills(81));
    const { repository } = under;
    await repository.commit({
      files: Object.fromEntries(Object.keys(skills(81)).map((path) => [path, null])),
    });
    await repository.commit({ files: { 'knowledge/customers/acme.md': customer('acme') } });
    await expect(under.sync()).rejects.toMatchObject({
      type: 'too_many_files',
      message: expect.stringContaining('The history has a commit') as string,
    });
  });

  it('if reading takes too long, and the next attempt continues', async () => {
    const under = await space(skills(300));
    readingLimits.time = 1;
    await expect(under.sync()).rejects.toMatchObject({ type: 'reading_too_long' });
    readingLimits.time = defaultReadingLimits.time;
    await under.sync();
    expect(await under.ids()).toHaveLength(300);
  });
});

describe('the same content at many paths', () => {
  it('is an entry at each', async () => {
    const under = await space();
    const blob = await writeBlob(under.repository, `# Same\n${'x'.repeat(20_000)}\n`);
    const names = Array.from({ length: 200 }, (_, at) => ({ name: `s${at}.md`, id: blob }));
    const tree = await writeTree(under.repository, names);
    await commitTree(under.repository, tree, 'knowledge/skills');
    expect(await under.sync()).toMatchObject({ entries: 200 });
    expect(await under.ids()).toHaveLength(200);
  });

  it('is read as the kind of each path says', async () => {
    const text = '---\nid: x\nname: X\ntitle: Y\n---\n';
    const under = await space({
      'knowledge/customers/x.md': text,
      'knowledge/skills/x.md': text,
    });
    await under.sync();
    expect((await under.entry('x')).title).toBe('X');
    const [other = ''] = (await under.ids()).filter((id) => id !== 'x');
    expect((await under.entry(other)).title).toBe('Y');
  });
});

describe('paths that cannot be entries', () => {
  const bad = (at: number) => `knowledge/skills/${'x'.repeat(1_000)}${at}.md`;

  it('are problems, of which the first hundred are kept, by kind', async () => {
    const many = Array.from({ length: 150 }, (_, at): [string, string] => [bad(at), 'x']);
    const under = await space({
      ...Object.fromEntries(many),
      [`knowledge/customers/${'y'.repeat(1_000)}.md`]: 'y',
      'knowledge/.schemas/broken.json': '[]',
    });
    await under.sync();
    const { problems } = await under.row();
    expect(problems.counts).toEqual({ '': 1, customer: 1, skill: 150 });
    expect(problems.first).toHaveLength(100);
    expect(problems.first[0]).toMatchObject({ kind: null });
    expect(Math.max(...problems.first.map(({ path }) => path.length))).toBe(200);

    await under.repository.commit({ files: { [bad(0)]: null, [bad(150)]: 'x', [bad(151)]: 'x' } });
    await under.sync();
    expect((await under.row()).problems.counts).toEqual({ '': 1, customer: 1, skill: 151 });

    await under.repository.commit({
      files: { 'knowledge/skills/good.md': '---\nid: good\n---\n' },
    });
    await under.sync();
    expect((await under.row()).problems.counts).toEqual({ '': 1, customer: 1, skill: 151 });
  });
});
