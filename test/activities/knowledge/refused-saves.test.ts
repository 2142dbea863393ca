import { describe, expect, it } from 'vitest';
import { noteRefusals, listRefused, forgetRefused } from '../../../db/streams/refused-files.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { customer, eva, jan, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const { space, db } = await spacesUnderTest();
const pathOf = (id: string) => `knowledge/customers/${id}.md`;

/** A space whose host refuses files with this text, and names them unless it is `silent`. */
async function strict(
  text: string,
  { silent = false, index = false } = {},
): Promise<SpaceUnderTest> {
  const of = await space({ [pathOf('first')]: customer('first') }, { index });
  await of.sync();
  await of.repository.refuseText(text, { names: !silent });
  return of;
}

async function statesOf(of: SpaceUnderTest): Promise<Record<string, string>> {
  return Object.fromEntries((await of.saves()).map(({ entryId, state }) => [entryId, state]));
}

describe.each([
  ['that the host names', { silent: false }],
  ['that it does not name', { silent: true }],
])('a refused file %s', (_name, options) => {
  it('is held back alone, whoever saved it, and the others are sent', async () => {
    const of = await strict('s3cret', options);
    const people = [eva, eva, jan, eva, jan];
    for (const [at, id] of ['a', 'b', 'c', 'd', 'e'].entries())
      await of.save(id, {
        text: customer(id, [id === 'b' ? 'note: s3cret' : 'note: fine']),
        person: people[at]!,
      });
    expect(await of.sync()).toMatchObject({ waitingSaves: 1, heldSaves: 1 });
    const files = Object.keys(await of.repository.files()).sort();
    expect(files).toEqual(['a', 'c', 'd', 'e', 'first'].map(pathOf));
    expect(await statesOf(of)).toEqual({
      ...{ a: 'delivered', b: 'waiting', c: 'delivered', d: 'delivered', e: 'delivered' },
    });
    const held = await of.entry('b');
    expect(held.failure).toMatchObject({ code: 'file_refused' });
    expect(held.failure?.message).toContain(pathOf('b'));
    expect(held.failure?.message).toMatch(/secret/);
    const authors = (await of.repository.log()).map(({ author }) => author.name);
    expect(new Set(authors)).toContain(jan.name);
    // Nothing is tried again until something changes.
    const refs = await of.repository.tip();
    expect(await of.sync()).toMatchObject({ commits: 0, waitingSaves: 1, heldSaves: 1 });
    expect(await of.repository.tip()).toBe(refs);
  });
});

describe('a refused file', () => {
  it('is sent once it has other content, even by somebody else', async () => {
    const of = await strict('s3cret');
    await of.save('a', { text: customer('a', ['note: s3cret']) });
    await of.save('b', { text: customer('b') });
    await of.sync();
    await of.save('a', { text: customer('a', ['note: mended']), person: jan });
    expect(await of.sync()).toMatchObject({ waitingSaves: 0 });
    expect((await of.entry('a')).failure).toBeNull();
    expect(await of.repository.read(pathOf('a'))).toContain('mended');
    expect(await statesOf(of)).toEqual({ a: 'delivered', b: 'delivered' });
    await of.sync();
    expect(await listRefused(db, spaceStream(of.id))).toEqual([]);
  });

  it('may be removed', async () => {
    const of = await strict('s3cret');
    await of.save('first', { text: customer('first', ['note: s3cret']) });
    await of.sync();
    await of.save('first', { text: null });
    expect(await of.sync()).toMatchObject({ waitingSaves: 0, heldSaves: 0 });
    expect(await of.repository.files()).toEqual({});
  });

  it('comes when the host takes it, and somebody has it tried again', async () => {
    const of = await strict('s3cret');
    await of.save('a', { text: customer('a', ['note: s3cret']) });
    await of.sync();
    await of.repository.rejectPushes(null);
    expect(await of.sync()).toMatchObject({ waitingSaves: 1 });
    await forgetRefused(db, spaceStream(of.id), [pathOf('a')]);
    expect(await of.sync()).toMatchObject({ waitingSaves: 0 });
    expect(await of.repository.read(pathOf('a'))).toContain('s3cret');
  });

  it('is also merged with what others push, and what results is tried', async () => {
    const of = await strict('s3cret');
    await of.save('first', { text: customer('first', ['note: s3cret']) });
    await of.sync();
    await of.repository.commit({
      files: { [pathOf('first')]: customer('first', [], '# Other\n') },
    });
    await of.sync();
    expect(await of.entry('first')).toMatchObject({
      failure: { code: 'file_refused' },
      headText: customer('first', ['note: s3cret'], '# Other\n'),
    });
  });

  it('may be an index file: everything else is sent', async () => {
    const of = await strict('SHOUTED', { index: true });
    await of.save('shouted', { text: customer('shouted').replaceAll('# shouted', '# quiet') });
    // Its name is in the index only in capital letters, as in the file itself.
    expect(await of.sync()).toMatchObject({ waitingSaves: 1 });
    await of.save('b', { text: customer('b') });
    expect(await of.sync()).toMatchObject({ waitingSaves: 1, heldSaves: 1 });
    const files = Object.keys(await of.repository.files()).sort();
    expect(files).toEqual(['knowledge/.index/customers.json', pathOf('b'), pathOf('first')]);
    expect(await of.repository.read('knowledge/.index/customers.json')).not.toContain('shouted');
  });

  it('may be one that is to be removed: its entry is held, and nobody else is blamed', async () => {
    const of = await strict('nothing at all');
    await of.repository.runBeforePushes(`
      if git diff-tree -r --name-only --diff-filter=D "$old" "$new" | grep -q first.md; then
        echo "knowledge/customers/first.md must not be removed" >&2; exit 1
      fi`);
    await of.save('first', { text: null });
    await of.save('b', { text: customer('b') });
    await of.save('c', { text: customer('c'), person: jan });
    expect(await of.sync()).toMatchObject({ waitingSaves: 1, heldSaves: 1 });
    expect(Object.keys(await of.repository.files()).sort()).toEqual(
      ['b', 'c', 'first'].map(pathOf),
    );
    expect(await of.entry('first')).toMatchObject({
      failure: { code: 'file_refused', message: expect.stringContaining('must not be removed') },
    });
  });

  it('is found if a hook of the repository names it in words of its own', async () => {
    const of = await strict('nothing at all');
    await of.repository.runBeforePushes(`
      for path in $(git diff-tree -r --name-only --diff-filter=AM "$old" "$new"); do
        git cat-file blob "$new:$path" | grep -q '^region:' || { echo "$path: region is missing" >&2; bad=1; }
      done
      [ -z "$bad" ] || exit 1`);
    await of.save('a', { text: customer('a') });
    await of.save('b', { text: customer('b', ['region: EMEA']) });
    await of.save('c', { text: customer('c', ['region: EMEA']), person: jan });
    expect(await of.sync()).toMatchObject({ waitingSaves: 1, heldSaves: 1 });
    expect(await statesOf(of)).toMatchObject({ a: 'waiting', b: 'delivered', c: 'delivered' });
    expect((await of.entry('a')).failure?.message).toContain('region is missing');
  });

  it('is sent under another name if the host refuses its name', async () => {
    const of = await strict('nothing at all');
    await of.repository.runBeforePushes(`
      if git diff-tree -r --name-only --diff-filter=AM "$old" "$new" | grep -q wrong; then
        echo "the name knowledge/customers/wrong.md is not allowed" >&2; exit 1
      fi`);
    await of.save('a', { text: customer('a'), path: pathOf('wrong') });
    await of.save('b', { text: customer('b') });
    expect(await of.sync()).toMatchObject({ waitingSaves: 1, heldSaves: 1 });
    await of.move('a', pathOf('right'));
    expect(await of.sync()).toMatchObject({ waitingSaves: 0 });
    expect(Object.keys(await of.repository.files())).toContain(pathOf('right'));
  });

  it('is told to the admins once', async () => {
    const of = await strict('s3cret');
    await of.save('a', { text: customer('a', ['note: s3cret']) });
    const { refusals } = await of.sync();
    expect(refusals).toEqual(expect.any(String));
    expect(await noteRefusals(db, spaceStream(of.id))).toBe(refusals);
  });
});

it('a host that refuses everything holds nothing back: all of it waits, and is tried again', async () => {
  const of = await space({ [pathOf('first')]: customer('first') });
  await of.sync();
  await of.repository.rejectPushes('GH013: a secret was found.');
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    await of.save(id, { text: customer(id), person: id < 'd' ? eva : jan });
  await expect(of.sync()).rejects.toMatchObject({ type: 'content_refused' });
  expect(await listRefused(db, spaceStream(of.id))).toEqual([]);
  await of.repository.rejectPushes(null);
  expect(await of.sync()).toMatchObject({ waitingSaves: 0 });
});
