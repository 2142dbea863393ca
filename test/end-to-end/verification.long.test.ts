import { sql } from 'kysely';
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

interface BothSides {
  kind: string;
  expected: { text: string | null; leftOut: string | null };
  found: { text: string | null; leftOut: string | null };
}

function bothSides(path: string): Promise<BothSides> {
  const query = new URLSearchParams({ path }).toString();
  return gitward.call('GET', `${gitward.mirrorPath}/verification/file?${query}`);
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
    const [changed, extra] = await Promise.all([manifest, 'configs/mine.txt'].map(bothSides));
    expect(changed).toMatchObject({ kind: 'different', found: { text: '{}\n', leftOut: null } });
    const { version } = JSON.parse(changed?.expected.text ?? '') as { version: number };
    expect(version).toBe(2);
    const nothing = { text: null, leftOut: 'absent' };
    expect(extra).toMatchObject({ expected: nothing, found: { text: 'Mine.\n' } });
    await expect(bothSides('README.md')).rejects.toThrow(/lists no difference at .+README/);
  });

  it('shows what was removed by hand, and nothing any more once all is as it should be', async () => {
    const manifest = 'configs/.keboola/manifest.json';
    await gitward.repository.git(['update-ref', 'refs/heads/kept', 'main']);
    await gitward.repository.commit({
      files: { [manifest]: null, 'configs/mine.txt': null },
    });
    expect(await verify()).toMatchObject({ differences: [{ path: manifest, kind: 'missing' }] });
    expect(await bothSides(manifest)).toMatchObject({
      expected: { text: expect.stringContaining('"version": 2'), leftOut: null },
      found: { text: null, leftOut: 'absent' },
    });
    await gitward.call('POST', `${gitward.mirrorPath}/actions/approve`);
    await gitward.until(({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0);
    await vi.waitFor(
      async () => expect(await verify()).toMatchObject({ outcome: 'identical' }),
      30_000,
    );
    await expect(bothSides(manifest)).rejects.toThrow(/lists no difference/);
    const { rows } = await sql`SELECT 1 FROM verification_files`.execute(gitward.database.db);
    expect(rows).toEqual([]);
  });
});
