import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Verification } from '../../model/mirror/verification.ts';
import { TestGitward } from '../support/gitward.ts';

let gitward: TestGitward;

beforeAll(async () => {
  gitward = await TestGitward.start();
  await gitward.enableMirror();
  await gitward.until('synced');
});
afterAll(() => gitward.stop());

async function verify(): Promise<Verification> {
  const { askedAt } = await gitward.call<{ askedAt: string }>(
    'POST',
    `${gitward.mirrorPath}/actions/verify`,
  );
  return vi.waitFor(
    async () => {
      const found = await gitward.call<Verification>('GET', `${gitward.mirrorPath}/verification`);
      expect(found.checkedAt >= askedAt).toBe(true);
      return found;
    },
    { timeout: 30_000, interval: 200 },
  );
}

describe('a verification', () => {
  it('finds no difference after many changes', async () => {
    const configurations = [
      { componentId: 'keboola.ex-db-mysql', configId: '7' },
      { componentId: 'keboola.ex-aws-s3', configId: '8' },
      { componentId: 'keboola.wr-db-mysql', configId: '9' },
    ];
    const events = Array.from({ length: 300 }, (_, index) =>
      gitward.platform.change(configurations[(index * 7) % 3]!, {
        name: `Name ${(index * 31) % 17}`,
      }),
    );
    await gitward.send(events);
    await gitward.until(({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0);
    expect(await verify()).toMatchObject({
      outcome: 'identical',
      differenceCount: 0,
      commit: await gitward.repository.tip(),
    });
  });

  it('that is requested while another one runs has a verdict of its own', async () => {
    await gitward.call('POST', `${gitward.mirrorPath}/actions/verify`);
    expect(await verify()).toMatchObject({ outcome: 'identical', failure: null });
  });

  it('names a path that was changed by hand, and one that should not exist', async () => {
    const manifest = 'configs/.keboola/manifest.json';
    await gitward.repository.commit({
      files: { [manifest]: '{}\n', 'configs/mine.txt': 'Mine.\n', 'README.md': 'Hello.\n' },
    });
    expect(await verify()).toMatchObject({
      outcome: 'different',
      differenceCount: 2,
      differences: [
        { path: manifest, kind: 'different' },
        { path: 'configs/mine.txt', kind: 'unexpected' },
      ],
    });
  });
});
