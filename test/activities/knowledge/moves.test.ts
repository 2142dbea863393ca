import { describe, expect, it } from 'vitest';
import { customer, eva, jan, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const { space } = await spacesUnderTest();

const at = (name: string) => `knowledge/customers/${name}.md`;
const [acme, moved] = [at('acme'), at('emea/acme-inc')];

/** What a commit did to files, as git sees it: `R100 old new`, `M path`, … */
async function changesOf(under: SpaceUnderTest, revision = 'main'): Promise<string[]> {
  const out = await under.repository.git(['show', '--format=', '--name-status', '-M', revision]);
  return out.toString().trim().split('\n');
}

/** A space with Acme, which has been read. */
async function spaceWithAcme(
  files: Record<string, string> = {},
  rules: Parameters<typeof space>[1] = {},
): Promise<SpaceUnderTest> {
  const under = await space({ [acme]: customer('acme'), ...files }, rules);
  await under.sync();
  return under;
}

describe('a move of a file', () => {
  it('is a commit of the person that git sees as a rename, and the history follows it', async () => {
    const under = await spaceWithAcme();
    expect(await under.move('acme', moved)).toMatchObject({ kind: 'accepted', ring: true });
    // It waits, and says where it goes.
    expect(await under.entry('acme')).toMatchObject({ path: acme, movingTo: moved, waiting: true });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await changesOf(under)).toEqual([`R100\t${acme}\t${moved}`]);
    const [commit] = await under.repository.log();
    expect(commit).toMatchObject({ author: eva, subject: 'Move customer "ACME"' });
    expect(commit?.message).toContain(`Move customer "ACME" (${moved})`);
    expect(await under.entry('acme')).toMatchObject({
      path: moved,
      movingTo: null,
      waiting: false,
    });
    expect(await under.versions('acme')).toEqual([
      `Move customer "ACME": ${moved}`,
      `Begin: ${acme}`,
    ]);
    expect(await under.sync()).toMatchObject({ commits: 0 });
  });

  it('goes together with waiting edits of several people, in their order', async () => {
    const under = await spaceWithAcme();
    const [one, two, three] = ['one', 'two', 'three'].map((name) =>
      customer('acme', [`region: ${name}`]),
    );
    await under.save('acme', { text: one! });
    await under.move('acme', moved, jan);
    await under.save('acme', { text: two!, person: jan });
    await under.save('acme', { text: three!, message: 'Say more' });
    expect(await under.sync()).toMatchObject({ commits: 3, waitingSaves: 0 });
    expect(await under.repository.files('main~2')).toEqual({ [acme]: one });
    expect(await under.repository.files('main~1')).toEqual({ [moved]: two });
    expect(await under.repository.files()).toEqual({ [moved]: three });
    expect((await under.repository.log()).map(({ subject }) => subject)).toEqual([
      'Say more',
      'Change customer "ACME"',
      'Change customer "ACME"',
      'Begin',
    ]);
  });

  it('keeps what others push to the old file meanwhile', async () => {
    const under = await spaceWithAcme();
    await under.move('acme', moved);
    const pushed = customer('acme', ['tier: gold']);
    await under.repository.commit({ files: { [acme]: pushed }, message: 'Gold' });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await under.repository.files()).toEqual({ [moved]: pushed });
    expect(await changesOf(under)).toEqual([`R100\t${acme}\t${moved}`]);
  });

  it.each([
    ['elsewhere, where it stays', at('us/acme')],
    ['to the same place', moved],
  ])('is unneeded if a push moves the file %s', async (_, pushed) => {
    const under = await spaceWithAcme();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.move('acme', moved);
    await under.repository.commit({ files: { [acme]: null, [pushed]: customer('acme') } });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await under.repository.files()).toEqual({
      [pushed]: customer('acme', ['tier: gold']),
    });
    expect(await under.saves()).toMatchObject([{ state: 'delivered' }, { state: 'unneeded' }]);
    const logs = await under.db.selectFrom('syncLogs').selectAll().execute();
    const said = logs.some(
      ({ spaceId, message }) => spaceId === under.id && message.includes('stays there'),
    );
    expect(said).toBe(pushed !== moved);
  });

  it('is unneeded if a push removes the file', async () => {
    const under = await spaceWithAcme({ [at('beta')]: customer('beta') });
    await under.move('acme', moved);
    await under.repository.commit({ files: { [acme]: null } });
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await under.saves()).toMatchObject([{ state: 'unneeded' }]);
    expect(await under.ids()).toEqual(['beta']);
  });

  it('is in Git exactly once if the worker is lost before or after the push', async () => {
    const under = await spaceWithAcme();
    await under.move('acme', moved);
    await under.syncAndLoseWorkerBeforePush();
    await under.syncAndLoseWorker();
    expect(await under.saves()).toMatchObject([{ state: 'waiting' }]);
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await under.repository.files()).toEqual({ [moved]: customer('acme') });
    expect(await under.repository.log()).toHaveLength(2);
    expect(await under.saves()).toMatchObject([{ state: 'delivered' }]);
  });

  it('that is changed before it is sent goes to the last place only, or nowhere', async () => {
    const under = await spaceWithAcme();
    await under.move('acme', moved);
    await under.move('acme', at('two'), jan);
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await changesOf(under)).toEqual([`R100\t${acme}\t${at('two')}`]);
    await under.move('acme', moved);
    await under.move('acme', at('two'));
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await under.entry('acme')).toMatchObject({ path: at('two'), waiting: false });
  });

  it('that is made while another is on its way is sent after it', async () => {
    const under = await spaceWithAcme();
    await under.move('acme', moved);
    await under.syncAndLoseWorker();
    expect(await under.move('acme', acme)).toMatchObject({ kind: 'accepted' });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await under.repository.files()).toEqual({ [acme]: customer('acme') });
    expect(await under.repository.log()).toHaveLength(3);
  });

  it('of an entry that is not in Git yet creates it there', async () => {
    const under = await spaceWithAcme();
    await under.save('beta', { text: customer('beta') });
    await under.move('beta', at('eu/beta'));
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await changesOf(under)).toEqual([`A\t${at('eu/beta')}`]);
    expect(await under.repository.log()).toMatchObject([
      { subject: 'Add customer "BETA"' },
      { subject: 'Begin' },
    ]);
  });

  it('of an entry that is removed afterwards removes its file', async () => {
    const under = await spaceWithAcme({ [at('beta')]: customer('beta') });
    await under.move('acme', moved);
    await under.save('acme', { text: null });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await changesOf(under)).toEqual([`D\t${acme}`]);
  });

  it('to another spelling of the same name is a rename like any other', async () => {
    const under = await spaceWithAcme();
    await under.move('acme', at('Acme'));
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0, heldSaves: 0 });
    expect(await changesOf(under)).toEqual([`R100\t${acme}\t${at('Acme')}`]);
  });

  it('keeps an executable file executable', async () => {
    const under = await space();
    const text = customer('acme');
    await under.repository.commit({ files: { [acme]: { mode: '100755', text } } });
    await under.sync();
    await under.move('acme', moved);
    await under.save('acme', { text: customer('acme', ['tier: gold']), person: jan });
    expect(await under.sync()).toMatchObject({ commits: 2 });
    const listing = await under.repository.git(['ls-tree', '-r', 'main']);
    expect(listing.toString()).toMatch(
      /^100755 blob \w+\tknowledge\/customers\/emea\/acme-inc.md\n$/,
    );
  });

  it('is in the index in the same commit', async () => {
    const under = await spaceWithAcme({}, { index: true });
    await under.move('acme', moved);
    expect(await under.sync()).toMatchObject({ commits: 1 });
    const files = await under.repository.files();
    expect(files['knowledge/.index/customers.json']).toContain(`"path":"${moved}"`);
    expect(await under.sync()).toMatchObject({ commits: 0 });
  });
});

describe('the place that a file is moved to', () => {
  it('must not be taken: by an entry in Git, by one that waits, or by another move', async () => {
    const under = await spaceWithAcme({ [at('beta')]: customer('beta') });
    await under.save('gamma', { text: customer('gamma') });
    await under.move('beta', at('delta'));
    for (const taken of ['beta', 'gamma', 'delta', 'Delta', 'GAMMA', 'delta.md/x'])
      expect(await under.move('acme', at(taken)), taken).toMatchObject({ kind: 'path_taken' });
    expect(await under.move('acme', acme)).toEqual({ kind: 'unchanged' });
    // Nor is the old place free, before the file has left it.
    for (const path of [at('delta'), at('DELTA'), at('beta')])
      expect(await under.save('new', { text: customer('new'), path })).toMatchObject({
        kind: 'path_taken',
        by: 'beta',
      });
    await under.sync();
    expect(await under.save('new', { text: customer('new'), path: at('beta') })).toMatchObject({
      kind: 'accepted',
    });
  });

  it('may be taken by a push: then it is held, the others go, and another name helps', async () => {
    const under = await spaceWithAcme();
    await under.move('acme', moved);
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.save('beta', { text: customer('beta') });
    await under.repository.commit({ files: { [moved]: customer('gamma') }, message: 'In the way' });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 2, heldSaves: 2 });
    expect(await under.repository.files()).toEqual({
      [acme]: customer('acme'),
      [at('beta')]: customer('beta'),
      [moved]: customer('gamma'),
    });
    expect((await under.entry('acme')).failure).toEqual({
      code: 'path_blocked',
      message: `${acme} cannot be moved to ${moved}, because there is a file in the repository. Move that in Git, or move this entry to another name.`,
    });
    expect(await under.move('acme', at('acme-inc'))).toMatchObject({ kind: 'accepted' });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0, heldSaves: 0 });
    expect(await under.repository.files()).toMatchObject({
      [at('acme-inc')]: customer('acme', ['tier: gold']),
      [moved]: customer('gamma'),
    });
    expect(await under.repository.files()).not.toHaveProperty([acme]);
  });

  it('may be a folder, a link or a submodule of others, which stay', async () => {
    const under = await spaceWithAcme();
    await under.repository.commit({
      files: {
        [at('link')]: { mode: '120000', text: 'acme.md' },
        [`${at('folder')}/notes.txt`]: 'Theirs.',
        'knowledge/customers/file': 'Theirs.',
      },
    });
    await under.sync();
    for (const name of ['link', 'Link', 'folder', 'file/acme']) {
      await under.move('acme', at(name));
      expect(await under.sync(), name).toMatchObject({ commits: 0, heldSaves: expect.any(Number) });
      expect((await under.entry('acme')).failure, name).toMatchObject({ code: 'path_blocked' });
    }
    await under.move('acme', moved);
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
  });
});
