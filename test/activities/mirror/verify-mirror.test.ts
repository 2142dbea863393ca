import { afterEach, expect, it } from 'vitest';
import { findVerification } from '../../../db/mirror/verifications.ts';
import { activitiesUnderTest } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
type Mirror = Awaited<ReturnType<typeof under.mirror>>;

afterEach(() => {
  under.hooks.beforePlan = null;
});

const verify = ({ key }: Mirror) => under.run(() => under.activities.verifyMirror(key));
const verdict = ({ stream }: Mirror) => findVerification(under.db, stream);

it('the verification of a deleted branch has no verdict and says so; then the mirror ends', async () => {
  const main = await under.settledMirror();
  const branch = await main.ofBranch('1001');
  await branch.deliver();
  expect(await verify(branch)).toEqual({ outcome: 'identical', differenceCount: 0 });

  const { project } = main.platform;
  project.branches = project.branches.filter(({ id }) => String(id) !== '1001');
  expect(await verify(branch)).toEqual({ outcome: 'failed', differenceCount: 0 });
  expect(await verdict(branch)).toMatchObject({
    outcome: 'failed',
    failure: {
      code: 'source_not_found',
      message: expect.stringContaining('no longer has a branch 1001'),
    },
  });

  await branch.window({ catchUp: true });
  expect(await branch.deliver()).toMatchObject({ commits: 1 });
  await branch.deliver();
  expect(await branch.row()).toMatchObject({ endedBecause: 'deleted' });
  expect(await verify(branch)).toEqual({ outcome: null, differenceCount: 0 });
});

it('a verification that cannot read the repository fails and stores the reason', async () => {
  const mirror = await under.settledMirror();
  expect(await verify(mirror)).toMatchObject({ outcome: 'identical' });
  await under.db
    .updateTable('mirrors')
    .set({ repositoryUrl: under.server.url('not-there') })
    .where('projectId', '=', mirror.key.projectId)
    .execute();
  await expect(verify(mirror)).rejects.toMatchObject({ type: 'repository_not_found' });
  expect(await verdict(mirror)).toMatchObject({
    outcome: 'failed',
    failure: { code: 'repository_not_found' },
    differences: [],
  });
});
