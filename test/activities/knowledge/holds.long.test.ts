import { afterEach, describe, expect, it } from 'vitest';
import { listSpaceOverviews } from '../../../db/knowledge/space-status.ts';
import { customer, eva, jan, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const { space, server, db } = await spacesUnderTest();
const { credential } = server;

const skill = (id: string, body = '') => `---\nid: ${id}\ntitle: ${id.toUpperCase()}\n---\n${body}`;
const at = (name: string) => `knowledge/skills/${name}`;

/** Stores a waiting new entry at a path that `acceptSave` would refuse, as an older version or a push could have. */
async function saveAt(under: SpaceUnderTest, id: string, path: string): Promise<void> {
  await under.save(id, { text: skill(id), path: at(`${id}-for-now.md`) });
  await db
    .updateTable('entries')
    .set({ path })
    .where('spaceId', '=', under.id)
    .where('id', '=', id)
    .execute();
}

/** Forgets who may read the repository, as after five minutes. */
const forgetVisibility = () => db.deleteFrom('visibilities').execute();

describe('a save whose path is in the way of something else', () => {
  it.each([
    ['a file that is not an entry', { [at('README.md')]: 'For people.' }, 'README.md/y.md'],
    ['another entry', { [at('a.md')]: skill('a') }, 'a.md/w.md'],
    ['a file further up', { [at('NOTES')]: 'x' }, 'NOTES/deep/er/y.md'],
  ])('is held if its folder is %s, and the others go', async (_, files, path) => {
    const under = await space(files);
    await under.sync();
    await saveAt(under, 'blocked', at(path));
    await under.save('fine', { text: skill('fine'), path: at('fine.md') });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 1, heldSaves: 1 });
    expect(await under.repository.files()).toEqual({ ...files, [at('fine.md')]: skill('fine') });
    expect((await under.entry('blocked')).failure).toMatchObject({
      code: 'path_blocked',
      message: expect.stringContaining('not a folder'),
    });
    expect(await under.saves()).toMatchObject([
      { entryId: 'blocked', state: 'waiting' },
      { entryId: 'fine', state: 'delivered' },
    ]);
    // Nothing more happens by itself, and nothing is written again and again.
    const batches = () =>
      db.selectFrom('batches').selectAll().where('stream', '=', `space/${under.id}`).execute();
    const before = await batches();
    const logs = () =>
      db.selectFrom('syncLogs').selectAll().where('spaceId', '=', under.id).execute();
    const logged = await logs();
    expect(await under.sync()).toMatchObject({ commits: 0, heldSaves: 1 });
    expect(await batches()).toEqual(before);
    expect(await logs()).toEqual(logged);
    const [overview] = await listSpaceOverviews(db, [await under.row()], () => null);
    expect(overview).toMatchObject({ state: 'synced', waitingSaves: 1 });
  });

  it('is sent as soon as that is out of the way', async () => {
    const under = await space({ [at('README.md')]: 'For people.' });
    await under.sync();
    await saveAt(under, 'late', at('README.md/y.md'));
    await under.sync();
    await under.repository.commit({ files: { [at('README.md')]: null } });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0, heldSaves: 0 });
    expect(await under.repository.files()).toEqual({ [at('README.md/y.md')]: skill('late') });
    expect((await under.entry('late')).failure).toBeNull();
  });

  it('is held if its folder is a submodule', async () => {
    const under = await space({ [at('a.md')]: skill('a') });
    const { repository } = under;
    const tip = (await repository.tip())!;
    await repository.git(['read-tree', tip]);
    const link = `160000,${tip},${at('module')}`;
    await repository.git(['update-index', '--add', '--cacheinfo', link]);
    const tree = (await repository.git(['write-tree'])).toString().trim();
    const commit = await repository.git([
      ...['-c', 'user.name=Jan', '-c', 'user.email=jan@example.com'],
      ...['commit-tree', '-m', 'Add a submodule', '-p', tip, tree],
    ]);
    await repository.git(['update-ref', 'refs/heads/main', commit.toString().trim()]);
    await under.sync();
    await saveAt(under, 'inside', at('module/x.md'));
    expect(await under.sync()).toMatchObject({ commits: 0, heldSaves: 1 });
  });

  it('goes beside a folder that has its name', async () => {
    const under = await space({ [at('guide.md/notes.txt')]: 'Not ours.' });
    await under.sync();
    await under.save('guide', { text: skill('guide'), path: at('guide.md') });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await under.repository.files()).toEqual({
      [at('guide.md/notes.txt')]: 'Not ours.',
      [at('guide-2.md')]: skill('guide'),
    });
  });

  it.each([
    ['first.md', 'first.md/second.md'],
    ['first.md/second.md', 'first.md'],
  ])('of two new entries at %s and %s, only the later one is held', async (one, other) => {
    const under = await space({ [at('a.md')]: skill('a') });
    await under.sync();
    await saveAt(under, 'one', at(one));
    await saveAt(under, 'other', at(other));
    await under.sync();
    expect(Object.keys(await under.repository.files())).toEqual([at('a.md'), at(one)].sort());
    expect((await under.entry('other')).failure).toMatchObject({ code: 'path_blocked' });
  });

  it('does not lose the other file when it is removed before it was sent, by whomever', async () => {
    const files = { [at('a.md')]: skill('a') };
    const under = await space(files);
    await under.sync();
    await saveAt(under, 'never', at('a.md/w.md'));
    await under.sync();
    await under.save('never', { text: null, person: jan });
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await under.repository.files()).toEqual(files);
    expect(await under.ids()).toEqual(['a']);
  });

  it('keeps the order of its saves, whoever made them and whatever came in between', async () => {
    const under = await space({ [at('README.md')]: 'For people.' });
    await under.sync();
    await saveAt(under, 'x', at('README.md/x.md'));
    await under.save('y', { text: skill('y'), path: at('y.md') });
    await under.sync();
    await under.save('x', { text: skill('x', 'Jan\n'), person: jan });
    await under.save('z', { text: skill('z'), path: at('z.md'), person: jan });
    await under.sync();
    await under.save('x', { text: skill('x', 'Eva\n'), person: eva });
    await under.save('y', { text: skill('y', 'Again\n'), person: eva });
    expect(await under.sync()).toMatchObject({ waitingSaves: 3, heldSaves: 3 });
    await under.repository.commit({ files: { [at('README.md')]: null } });
    expect(await under.sync()).toMatchObject({ waitingSaves: 0 });
    expect(await under.repository.files()).toEqual({
      [at('README.md/x.md')]: skill('x', 'Eva\n'),
      [at('y.md')]: skill('y', 'Again\n'),
      [at('z.md')]: skill('z'),
    });
    expect(await under.versions('x')).toHaveLength(3);
  });

  it('is not marked as delivered by a commit that was made without it', async () => {
    const under = await space({ [at('README.md')]: 'For people.' });
    await under.sync();
    await saveAt(under, 'x', at('README.md/x.md'));
    await under.save('y', { text: skill('y'), path: at('y.md') });
    await under.syncAndLoseWorker();
    await under.sync();
    expect(await under.saves()).toMatchObject([
      { entryId: 'x', state: 'waiting' },
      { entryId: 'y', state: 'delivered' },
    ]);
  });

  it('is not in the index, which lists the others', async () => {
    const under = await space({ [at('README.md')]: 'For people.' }, { index: true });
    await under.sync();
    await saveAt(under, 'x', at('README.md/x.md'));
    await under.save('y', { text: skill('y'), path: at('y.md') });
    await under.sync();
    const index = await under.repository.read('knowledge/.index/skills.json');
    expect(index).toContain('y.md');
    expect(index).not.toContain('x.md');
  });
});

describe('an index file', () => {
  it.each([
    ['its folder is a file', { 'knowledge/.index': 'Not ours.' }],
    ['its path is a folder', { 'knowledge/.index/skills.json/x': 'Not ours.' }],
  ])('is not written if %s', async (_, others) => {
    const files = { ...others, [at('a.md')]: skill('a') };
    const under = await space(files, { index: true });
    await under.sync();
    expect(await under.repository.files()).toEqual(files);
  });
});

describe('a save of personal data for a repository that has become public', () => {
  afterEach(async () => {
    server.credential = credential;
    await forgetVisibility();
  });

  const acme = 'knowledge/customers/acme.md';

  it('is held, the others go, and it goes when the repository is private again', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.save('sql', { text: skill('sql'), path: at('sql.md') });
    server.credential = null;
    await forgetVisibility();
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 1, heldSaves: 1 });
    expect(await under.repository.files()).toEqual({
      [acme]: customer('acme'),
      [at('sql.md')]: skill('sql'),
    });
    expect((await under.entry('acme')).failure).toMatchObject({
      code: 'public_repository',
      message: expect.stringContaining('Anyone can read the repository'),
    });
    server.credential = credential;
    await forgetVisibility();
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await under.repository.read(acme)).toBe(customer('acme', ['tier: gold']));
  });

  it('goes when an admin allows its kind', async () => {
    const under = await space({ [at('a.md')]: skill('a') });
    await under.sync();
    server.credential = null;
    await under.save('acme', { text: customer('acme') });
    expect(await under.sync()).toMatchObject({ heldSaves: 1 });
    const rules = JSON.stringify({
      publicKinds: ['customer'],
      index: false,
      notify: { emails: [] },
    });
    await db.updateTable('spaces').set({ rules }).where('id', '=', under.id).execute();
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0, heldSaves: 0 });
  });

  it('lets its entry be removed, and does not send the text on the way', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    server.credential = null;
    await forgetVisibility();
    await under.save('acme', { text: customer('acme', ['secret: word']) });
    await under.sync();
    await under.save('acme', { text: null, person: jan });
    await under.sync();
    expect(await under.sync()).toMatchObject({ waitingSaves: 0, heldSaves: 0 });
    expect(await under.ids()).toEqual([]);
    const history = (await under.repository.git(['log', '-p', 'main'])).toString();
    expect(history).not.toContain('secret');
  });

  it('leaves the index of its kind as it is', async () => {
    const files = { [acme]: customer('acme'), [at('a.md')]: skill('a') };
    const under = await space(files, { index: true });
    await under.sync();
    const index = await under.repository.read('knowledge/.index/customers.json');
    server.credential = null;
    await forgetVisibility();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.save('a', { text: skill('a').replace('title: A', 'title: Other') });
    await under.sync();
    expect(await under.repository.read('knowledge/.index/customers.json')).toBe(index);
    expect(await under.repository.read('knowledge/.index/skills.json')).toContain('Other');
    server.credential = credential;
    await forgetVisibility();
    await under.sync();
    expect(await under.repository.read('knowledge/.index/customers.json')).toContain('gold');
  });
});
