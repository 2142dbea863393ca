import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TestGitward, type StatusView } from '../support/gitward.ts';

let gitward: TestGitward;

beforeAll(async () => {
  gitward = await TestGitward.start();
});
afterAll(() => gitward.stop());

const orders = { branchId: '1001', componentId: 'keboola.ex-db-mysql', configId: '7' };

interface BranchView extends StatusView {
  branchId: string;
  repository: { branch: string };
  endedBecause: string | null;
}

function branchChanged(branchId: string, kind: string, eventId: string) {
  return {
    type: 'branch_changed',
    projectId: gitward.platform.projectId,
    branchId,
    kind,
    author: 'eva@example.com',
    committedAt: '2026-03-01T10:00:00Z',
    eventId,
  };
}

/** Waits for a state of a branch's mirror. */
function until(branchId: string, wanted: Partial<BranchView>): Promise<BranchView> {
  return vi.waitFor(
    async () => {
      const path = `/v1/projects/${gitward.platform.projectId}/mirrors/${branchId}`;
      const view = await gitward.call<BranchView>('GET', path);
      expect(view).toMatchObject(wanted);
      return view;
    },
    { timeout: 30_000, interval: 100 },
  );
}

function changedFiles(): Promise<string[]> {
  return gitward.repository
    .git(['diff', '--name-status', '--no-renames', 'main', 'new-pricing'])
    .then((out) => out.toString().trim().split('\n'));
}

it('a branch that matches a pattern is linked once the default branch is in Git, and both can be compared', async () => {
  await gitward.enableMirror({
    branchPath: 'main',
    developmentBranches: { link: ['New *'], gitBranch: '{branch}' },
  });
  const { repository } = await until('1001', { state: 'synced' });
  expect(repository.branch).toBe('new-pricing');
  const [first, start] = await gitward.repository.log('new-pricing');
  expect(start!.sha).toBe(await gitward.repository.tip('main'));
  expect(first!.message).toContain('Gitward-Reason: initial');
  const different = await changedFiles();
  // The branch contains one of the three configurations, unchanged.
  expect(different).toContain('M\tconfigs/main/meta.json');
  expect(different).toContain('D\tconfigs/main/writer/keboola.wr-db-mysql/report/config.json');
  expect(different.filter((line) => line.includes('keboola.ex-db-mysql/orders/'))).toEqual([]);
});

it('a change in the branch adds one file to that comparison', async () => {
  const before = await changedFiles();
  await gitward.send([
    gitward.platform.change(orders, { description: 'Cheaper', author: 'jan@example.com' }),
  ]);
  await vi.waitFor(
    async () => expect(await gitward.repository.log('new-pricing')).toHaveLength(3),
    { timeout: 30_000, interval: 100 },
  );
  const added = (await changedFiles()).filter((line) => !before.includes(line));
  expect(added).toContain('M\tconfigs/main/extractor/keboola.ex-db-mysql/orders/description.md');
  expect(added.filter((line) => line.includes('\tconfigs/'))).toHaveLength(1);
});

it('a new branch reported by the platform is linked at once', async () => {
  const { project } = gitward.platform;
  project.branches.push({ ...project.branches[1]!, id: 1002, name: 'New colours' });
  expect(await gitward.send([branchChanged('1002', 'created', 'event-1')])).toEqual({
    accepted: 1,
    duplicates: 0,
    rejected: [],
  });
  await vi.waitFor(async () => expect(await gitward.repository.tip('new-colours')).not.toBeNull(), {
    timeout: 30_000,
    interval: 100,
  });
  await until('1002', { state: 'synced' });
});

it('a merged branch ends its mirror with a last commit, and its Git branch is kept', async () => {
  await until('1001', { state: 'synced', pendingChanges: 0 });
  const { project } = gitward.platform;
  project.branches = project.branches.filter(({ id }) => id !== 1001);
  await gitward.send([branchChanged('1001', 'merged', 'event-2')]);
  await until('1001', { state: 'ended', endedBecause: 'merged', outage: null });
  const [last] = await gitward.repository.log('new-pricing');
  expect(last).toMatchObject({
    author: { email: 'eva@example.com' },
    subject: 'End the mirror: branch New pricing was merged',
  });
  expect(await gitward.repository.changedPaths('new-pricing')).toEqual(['ai/README.md']);
  await gitward.repository.check();

  // The mirror ends a moment before its workflow notices.
  const workflow = gitward.temporal.client.workflow.getHandle(
    `mirror/${gitward.platform.projectId}/1001`,
  );
  await vi.waitFor(async () => expect((await workflow.describe()).status.name).toBe('COMPLETED'), {
    timeout: 30_000,
    interval: 100,
  });
  // Neither a late event nor the pattern brings the mirror back.
  const late = await gitward.send([branchChanged('1001', 'deleted', 'event-3')]);
  expect(late).toMatchObject({ accepted: 0, rejected: [{ code: 'mirror_not_found' }] });
});

it('the mirror of a branch that is deleted during an outage of Git ends after the outage', async () => {
  const { project } = gitward.platform;
  await gitward.git.goAway();
  project.branches = project.branches.filter(({ id }) => id !== 1002);
  await gitward.send([branchChanged('1002', 'deleted', 'event-4')]);
  await until('1002', { state: 'retrying' });
  await gitward.git.comeBack();
  await until('1002', { state: 'ended', endedBecause: 'deleted', outage: null });
  expect((await gitward.repository.log('new-colours'))[0]!.subject).toBe(
    'End the mirror: branch New colours was deleted',
  );
});
