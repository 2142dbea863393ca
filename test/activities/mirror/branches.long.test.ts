import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Event } from '../../../platforms/events/event-schema.ts';
import type { MirrorKey } from '../../../model/mirror/ids.ts';
import { forge } from '../../support/forged-commit.ts';
import { activitiesUnderTest, orders, trailersOf } from '../activities-under-test.ts';

const under = await activitiesUnderTest();

afterEach(() => {
  under.hooks.beforePlan = null;
  under.hooks.afterPush = null;
});

type Mirror = Awaited<ReturnType<typeof under.mirror>>;

/** The default branch's mirror after its first commit, and the development branch's before its first. */
async function twoMirrors(choices: Parameters<typeof under.mirror>[0] = {}) {
  const main = await under.settledMirror({ policy: { branchPath: 'main' }, ...choices });
  const branch = await main.ofBranch('1001', { policy: { branchPath: 'main' }, ...choices });
  return { main, branch };
}

function branchEvent(
  key: MirrorKey,
  kind: 'renamed' | 'merged' | 'deleted',
  author: string,
): Event {
  return {
    type: 'branch_changed',
    ...key,
    kind,
    author,
    committedAt: '2026-03-01T10:00:00.000Z',
    eventId: `event-${kind}`,
  };
}

/** Deletes the branch in the platform. */
function removeBranch({ platform, key }: Mirror): void {
  const { project } = platform;
  project.branches = project.branches.filter(({ id }) => String(id) !== key.branchId);
}

describe('the first commit of a development branch', () => {
  it("is based on the default branch's commit and contains only the difference", async () => {
    const { main, branch } = await twoMirrors();
    await branch.deliver();
    const [first, start, ...older] = await main.repository.log('branch-1001');
    expect(older).toEqual([]);
    expect(start!.sha).toBe(await main.repository.tip('main'));
    expect(trailersOf(first!.message)).toMatchObject({ Stream: branch.stream, Reason: 'initial' });
    const changed = await main.repository.changedPaths('branch-1001');
    expect(changed).toContain('configs/main/meta.json');
    // Files that the branch lacks are removed; unchanged ones are not written again.
    const report = 'configs/main/writer/keboola.wr-db-mysql/report/config.json';
    expect(changed).toContain(report);
    expect(await main.repository.files('branch-1001')).not.toHaveProperty([report]);
    expect(changed.filter((path) => path.includes('keboola.ex-db-mysql/orders'))).toEqual([]);
    await main.repository.check();
  });

  it('keeps files that others added next to ours, and needs an approval only if they are in the way', async () => {
    const { main, branch } = await twoMirrors();
    await main.repository.commit({ files: { 'configs/notes.md': 'mine', 'README.md': 'mine' } });
    await branch.deliver();
    expect(await main.repository.read('configs/notes.md', 'branch-1001')).toBe('mine');

    const other = await under.settledMirror({ policy: { branchPath: 'main' } });
    await other.repository.commit({ files: { 'configs/new-pricing/meta.json': 'mine' } });
    const named = await other.ofBranch('1001', { policy: { branchPath: 'name' } });
    await expect(named.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
    expect(await other.repository.tip('branch-1001')).toBeNull();
  });

  it("needs an approval if the default branch's mirror has never written", async () => {
    const main = await under.mirror();
    await main.repository.commit({ files: { 'configs/theirs.json': '{}' } });
    await expect(main.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
    await main.mark('pause');
    const branch = await main.ofBranch('1001');
    await expect(branch.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
  });

  it('can also be made on an existing Git branch that someone created from the default one', async () => {
    const { main, branch } = await twoMirrors();
    await main.repository.setBranch('branch-1001', (await main.repository.tip('main'))!);
    const theirs = await main.repository.commit({
      files: { 'README.md': 'theirs' },
      branch: 'branch-1001',
    });
    await branch.deliver();
    expect((await main.repository.log('branch-1001'))[0]!.parents).toEqual([theirs]);
  });

  it('is not prevented by a forged commit on its Git branch', async () => {
    const { main, branch } = await twoMirrors();
    await main.repository.setBranch('branch-1001', (await main.repository.tip('main'))!);
    const path = 'configs/main/extractor/keboola.ex-db-mysql/orders/description.md';
    await forge(main.repository, {
      ...{ stream: branch.stream, installation: under.installationId, batches: [randomUUID()] },
      ...{ through: 1, files: { [path]: 'Forged\n' }, branch: 'branch-1001' },
    });
    expect(await branch.deliver()).toMatchObject({ commits: 1, resync: false });
    expect(await main.repository.read(path, 'branch-1001')).not.toBe('Forged\n');
  });

  it('is found again if the worker is lost after the push', async () => {
    const { main, branch } = await twoMirrors();
    await main.repository.commit({ files: { 'configs/notes.md': 'mine' } });
    const commits = (await main.repository.log('main')).length + 1;
    await branch.deliverAndLoseWorker();
    await branch.deliver();
    // There is still only one commit, and the other person's file is still there.
    expect(await main.repository.log('branch-1001')).toHaveLength(commits);
    expect(await main.repository.read('configs/notes.md', 'branch-1001')).toBe('mine');
    expect(await branch.row()).toMatchObject({
      deliveredSha: await main.repository.tip('branch-1001'),
    });
  });

  it("waits for the default branch's first commit if both mirrors are enabled at once", async () => {
    const main = await under.mirror();
    const branch = await main.ofBranch('1001');
    const [, ofBranch] = await Promise.all([main.deliver(), branch.deliver()]);
    expect(ofBranch.commits).toBe(1);
    expect((await main.repository.log('branch-1001'))[0]!.parents).toEqual([
      await main.repository.tip('main'),
    ]);
  });

  it('is made only once: deleting the Git branch afterwards holds the mirror', async () => {
    const { main, branch } = await twoMirrors();
    await branch.deliver();
    await branch.accept(branch.platform.change({ ...orders, branchId: '1001' }));
    await branch.window();
    await main.repository.deleteBranch('branch-1001');
    await expect(branch.deliver()).rejects.toMatchObject({ type: 'branch_gone' });
  });
});

it('moves the files of a renamed branch to a new folder in one commit', async () => {
  const main = await under.settledMirror();
  const branch = await main.ofBranch('1001');
  await branch.deliver();
  const renamed = branch.platform.project.branches.find(({ id }) => id === 1001)!;
  renamed.name = 'Autumn prices';
  await branch.accept(branchEvent(branch.key, 'renamed', 'eva@example.com'));
  await branch.window();
  await branch.deliver();
  const files = Object.keys(await main.repository.files('branch-1001'));
  expect(files).toContain('configs/autumn-prices/meta.json');
  expect(files.filter((path) => path.startsWith('configs/new-pricing/'))).toEqual([]);
  // The default branch's folder, which was inherited, is not kept next to the branch's own.
  expect(files.filter((path) => path.startsWith('configs/main/'))).toEqual([]);
  expect(await main.repository.log('branch-1001')).toHaveLength(3);
});

describe('a deleted development branch', () => {
  it('ends its mirror with a last commit, which says who merged it and when', async () => {
    const { main, branch } = await twoMirrors();
    await branch.deliver();
    const before = await main.repository.files('branch-1001');
    await branch.accept(branchEvent(branch.key, 'merged', 'eva@example.com'));
    removeBranch(branch);

    expect(await branch.window()).toMatchObject({ active: true, waitingBatches: 1 });
    expect(await branch.deliver()).toMatchObject({ active: true, commits: 1, resync: true });
    expect(await branch.deliver()).toMatchObject({ active: false });

    const [last] = await main.repository.log('branch-1001');
    expect(last).toMatchObject({
      author: { email: 'eva@example.com' },
      authoredAt: '2026-03-01T10:00:00+00:00',
      subject: 'End the mirror: branch New pricing was merged',
    });
    expect(trailersOf(last!.message)).toMatchObject({ Reason: 'ended', Through: '1' });
    expect(await main.repository.changedPaths('branch-1001')).toEqual(['ai/README.md']);
    const guide = await main.repository.read('ai/README.md', 'branch-1001');
    expect(guide).toContain(
      '**This branch was merged in the platform** (at 2026-03-01T10:00:00Z by `eva@example.com`)',
    );
    // The rest of the guide is unchanged.
    const lines = before['ai/README.md']!.split('\n');
    expect(lines.filter((line) => !guide.split('\n').includes(line))).toEqual([]);
    expect(await branch.row()).toMatchObject({ endedBecause: 'merged', resyncReason: null });
    expect((await branch.row()).endedAt).not.toBeNull();
    expect(await branch.changes()).toMatchObject([{ commitSha: last!.sha }]);
  });

  it('is found by the catch-up if no event reported it', async () => {
    const { main, branch } = await twoMirrors();
    await branch.deliver();
    removeBranch(branch);
    await branch.window({ catchUp: true });
    await branch.deliver();
    await branch.deliver();
    const guide = await main.repository.read('ai/README.md', 'branch-1001');
    expect(guide).toContain('**This branch was deleted in the platform** (found at ');
    expect(await branch.row()).toMatchObject({ endedBecause: 'deleted' });
  });

  it('is ended after its waiting batches are sent, and with the changes accepted since', async () => {
    const { main, branch } = await twoMirrors();
    await branch.deliver();
    await branch.accept(branch.platform.change({ ...orders, branchId: '1001' }));
    await branch.window();
    removeBranch(branch);
    await branch.window({ catchUp: true });
    await branch.accept(branchEvent(branch.key, 'deleted', 'jan@example.com'));
    expect(await branch.window()).toMatchObject({ batchId: null });
    await branch.deliver();
    await branch.deliver();
    const reasons = (await main.repository.log('branch-1001')).map(
      ({ message }) => trailersOf(message).Reason,
    );
    expect(reasons).toEqual(['ended', 'changes', 'initial', 'initial']);
    expect((await branch.changes()).every(({ deliveredAt }) => deliveredAt !== null)).toBe(true);
    expect((await branch.row()).endedAt).not.toBeNull();
  });

  it('needs no last commit if its Git branch was deleted as well', async () => {
    const { main, branch } = await twoMirrors();
    await branch.deliver();
    removeBranch(branch);
    await branch.window({ catchUp: true });
    await main.repository.deleteBranch('branch-1001');
    await branch.deliver();
    await branch.deliver();
    expect(await main.repository.tip('branch-1001')).toBeNull();
    expect(await branch.row()).toMatchObject({ endedBecause: 'deleted' });
  });

  it('needs no last commit if nothing of it was in Git yet', async () => {
    const { main, branch } = await twoMirrors();
    await branch.accept(branch.platform.change({ ...orders, branchId: '1001' }));
    removeBranch(branch);
    expect(await branch.deliver()).toMatchObject({ active: true, commits: 0 });
    expect(await branch.deliver()).toMatchObject({ active: false });
    expect(await main.repository.tip('branch-1001')).toBeNull();
    expect(await branch.row()).toMatchObject({ endedBecause: 'deleted' });
  });

  it('gets exactly one last commit, even if the worker is lost in between', async () => {
    const { main, branch } = await twoMirrors();
    await branch.deliver();
    removeBranch(branch);
    await branch.window({ catchUp: true });
    await branch.window({ catchUp: true });
    await branch.deliverAndLoseWorker();
    await branch.window({ catchUp: true });
    await branch.deliver();
    await branch.deliver();
    const ended = (await main.repository.log('branch-1001')).filter(
      ({ message }) => trailersOf(message).Reason === 'ended',
    );
    expect(ended).toHaveLength(1);
    expect(await branch.row()).toMatchObject({ endedBecause: 'deleted' });
  });

  it('gets its last commit again if somebody merged it and left out what it says', async () => {
    const { main, branch } = await twoMirrors();
    await branch.deliver();
    const before = (await main.repository.tip('branch-1001'))!;
    removeBranch(branch);
    await branch.window({ catchUp: true });
    await branch.deliverAndLoseWorker();
    const ended = (await main.repository.tip('branch-1001'))!;
    const guide = await main.repository.read('ai/README.md', ended);
    await main.repository.setBranch('theirs', before);
    const merge = { files: { 'README.md': 'Theirs' }, branch: 'theirs', merge: ended };
    await main.repository.setBranch('branch-1001', await main.repository.commit(merge));
    expect(await branch.deliver()).toMatchObject({ commits: 1 });
    expect(await main.repository.read('ai/README.md', 'branch-1001')).toBe(guide);
    await branch.deliver();
    expect(await branch.row()).toMatchObject({ endedBecause: 'deleted' });
  });

  it('is never the default branch: a missing default branch is a failure of the source', async () => {
    const { main } = await twoMirrors();
    removeBranch(main);
    for (const branch of main.platform.project.branches) branch.isDefault = true;
    await expect(main.window({ catchUp: true })).rejects.toMatchObject({
      type: 'source_not_found',
    });
    expect(await main.row()).toMatchObject({ ending: null, endedAt: null });
  });

  it('is not assumed to be gone just because an event says so', async () => {
    const { branch } = await twoMirrors();
    await branch.deliver();
    await branch.accept(branchEvent(branch.key, 'merged', 'eva@example.com'));
    await branch.window();
    expect(await branch.row()).toMatchObject({ ending: null, endedAt: null });
  });
});

describe('new development branches', () => {
  const link = (main: Mirror) =>
    under.run(() => under.activities.linkBranches({ projectId: main.key.projectId }));

  it('get their own mirror if their name matches a pattern', async () => {
    const main = await under.settledMirror({
      policy: { secrets: 'omitted' },
      developmentBranches: { link: ['new *'], gitBranch: 'keboola/{branch}' },
    });
    expect(await link(main)).toEqual({ linked: ['1001'], failure: null });
    const branch = main.ofStoredBranch('1001');
    expect(await branch.row()).toMatchObject({
      repositoryBranch: 'keboola/new-pricing',
      policy: { secrets: 'omitted' },
      developmentBranches: { link: [] },
      resyncReason: 'initial',
    });
    await branch.deliver();
    expect(await main.repository.log('keboola/new-pricing')).toHaveLength(2);
    expect(await link(main)).toEqual({ linked: [], failure: null });
  });

  it('get no mirror if none is wanted, no pattern matches, or the first commit has not been made', async () => {
    expect(await link(await under.settledMirror())).toMatchObject({ linked: [] });
    const developmentBranches = { link: ['try-*'], gitBranch: '{branch}' };
    expect(await link(await under.settledMirror({ developmentBranches }))).toMatchObject({
      linked: [],
    });
    const all = { link: ['*'], gitBranch: '{branch}' };
    expect(await link(await under.mirror({ developmentBranches: all }))).toMatchObject({
      linked: [],
    });
  });

  it('get no new mirror after a person ended theirs', async () => {
    const all = { link: ['*'], gitBranch: '{branch}' };
    const main = await under.settledMirror({ developmentBranches: all });
    const branch = await main.ofBranch('1001', { policy: { secrets: 'omitted' } });
    expect(await link(main)).toMatchObject({ linked: [] });
    await branch.mark('end');
    expect(await link(main)).toMatchObject({ linked: [] });
    expect(await branch.row()).toMatchObject({
      endedBecause: 'disabled',
      repositoryBranch: 'branch-1001',
    });
  });

  it('get a Git branch of their own, even if their names are alike', async () => {
    const all = { link: ['*'], gitBranch: '{branch}' };
    const main = await under.settledMirror({ developmentBranches: all });
    const { project } = main.platform;
    const [, second] = project.branches;
    project.branches.push({ ...second!, id: 1002, name: 'new PRICING!' });
    project.branches.push({ ...second!, id: 1003, name: '新しい価格' });
    project.branches.push({ ...second!, id: 1004, name: 'Main' });
    expect((await link(main)).linked).toEqual(['1001', '1002', '1003', '1004']);
    const rows = await under.db
      .selectFrom('mirrors')
      .select('repositoryBranch')
      .where('projectId', '=', main.key.projectId)
      .orderBy('branchId')
      .execute();
    expect(rows.map(({ repositoryBranch }) => repositoryBranch)).toEqual([
      'main',
      'new-pricing',
      'new-pricing-1002',
      'branch-1003',
      'main-1004',
    ]);
  });

  it('are linked later if the source is unreachable, and the result says so', async () => {
    const all = { link: ['*'], gitBranch: '{branch}' };
    const main = await under.settledMirror({ developmentBranches: all });
    await main.platform.close();
    expect(await link(main)).toMatchObject({ linked: [], failure: { code: 'source_unreachable' } });
  });
});
