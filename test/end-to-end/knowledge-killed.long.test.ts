import { afterAll, expect, it } from 'vitest';
import { TestGitward } from '../support/gitward.ts';
import { AcmeSpace } from './acme-space.ts';

const gitward = await TestGitward.start();
afterAll(() => gitward.stop());

it('a save is in Git exactly once if the worker is killed during its push', async () => {
  for (const moment of ['beforePush', 'afterPush'] as const) {
    const space = await AcmeSpace.create(gitward);
    const { repository } = space;
    const killed = gitward.killWorkerAt(moment);
    await space.save({ tier: moment }, { wait: false });
    await killed;
    // An accepted save can be read even while nothing sends it.
    await gitward.kill('api');
    await gitward.startApi();
    expect(await space.entry()).toMatchObject({
      syncStatus: 'pending',
      fields: { tier: moment },
    });
    await gitward.startWorker();
    const entry = await space.until(({ syncStatus }) => syncStatus === 'synced');
    expect(entry.gitCommitSha).toBe(await repository.tip());
    expect(await repository.log()).toHaveLength(2);
  }
});
