import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listRenderedFiles } from '../../db/mirror/rendered-files.ts';
import { directoriesOf as givenPaths } from '../../platforms/keboola/layout/directories-of.ts';
import { catchUpWorkflowId, mirrorStream } from '../../model/mirror/ids.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import { renderFully } from '../support/mirror/full-render.ts';
import { TestGitward } from '../support/gitward.ts';
import { anyChange, PlatformPeople, type AppliedChange } from '../support/mirror/random-changes.ts';
import { emptyProject } from '../support/mirror/random-content.ts';
import { SeededRandom } from '../support/seeded-random.ts';

const seed = Number(process.env.GITWARD_TEST_SEED ?? 20261122);
const CHANGES = 1_000;

let gitward: TestGitward;
let people: PlatformPeople;

beforeAll(async () => {
  console.info(`Random changes of seed ${seed}; GITWARD_TEST_SEED gives another one.`);
  gitward = await TestGitward.start({ GITWARD_WINDOW: '300ms' });
  const { project, projectId } = gitward.platform;
  Object.assign(project, emptyProject({ id: Number(projectId) }));
  people = new PlatformPeople(gitward.platform);
  for (const change of fc.sample(anyChange(), { numRuns: 150, seed: seed + 1 }))
    people.make(change);
  await gitward.enableMirror();
  await gitward.until('synced');
});
afterAll(() => gitward.stop());

describe(`${CHANGES} random changes`, () => {
  const made: AppliedChange[] = [];

  it('are accepted while others are read and sent, while Git is unreachable, and while the worker is killed', async () => {
    const random = new SeededRandom(seed);
    const changes = fc.sample(anyChange(), { numRuns: CHANGES, seed });
    let group = 0;
    while (changes.length > 0) {
      group += 1;
      if (group === 10) await gitward.git.goAway();
      if (group === 14) await gitward.git.comeBack();
      if (group === 20) await gitward.kill('worker');
      if (group === 22) await gitward.startWorker();
      const now = changes.splice(0, 1 + random.below(50)).map((change) => people.make(change));
      made.push(...now);
      const events = now.flatMap((change) => change.events);
      if (events.length > 0)
        expect(await gitward.send(events)).toMatchObject({ duplicates: 0, rejected: [] });
      await sleep(random.below(800));
    }
    await gitward.until(({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0);
    const sent = made.flatMap((change) => change.events).length;
    const undelivered = await gitward.database.db
      .selectFrom('changeEvents')
      .select(['sequence', 'commitSha'])
      .execute();
    expect(undelivered).toHaveLength(sent);
    expect(undelivered.filter((change) => change.commitSha === null)).toEqual([]);
    expect((await gitward.repository.log()).length).toBeGreaterThan(5);
    await gitward.repository.check();
  });

  it('all reach Git, those without an event through the catch-up', async () => {
    expect(made.filter((change) => change.silent).length).toBeGreaterThan(50);
    const { temporal, platform } = gitward;
    await temporal.client.schedule.getHandle(catchUpWorkflowId(platform.projectId)).trigger();
    await vi.waitFor(
      async () =>
        expect(await verify()).toMatchObject({
          differences: [],
          outcome: 'identical',
          commit: await gitward.repository.tip(),
        }),
      { timeout: 45_000, interval: 500 },
    );

    // Checks the verdict against a reading and rendering that do not use the product.
    const key = { projectId: platform.projectId, branchId: '1000' };
    const { db } = gitward.database;
    const known = await listRenderedFiles(db, mirrorStream(key));
    const jobs = { enabled: true, retainDays: 90, include: 'all' as const, backfillDays: 7 };
    const parts = { jobs, samples: null };
    const files = await renderFully(platform, key, givenPaths(known.values()), parts);
    const written = Object.entries(await gitward.repository.blobIds());
    const isAttributes = ([path]: [string, string]) => path.endsWith('/.gitattributes');
    expect(written.filter(isAttributes)).not.toEqual([]);
    expect(Object.fromEntries(written.filter((file) => !isAttributes(file)))).toEqual(
      Object.fromEntries([...files.values()].map(({ path, blobId }) => [path, blobId])),
    );
  });
});

describe('a file that was changed by hand in Git', () => {
  it('is named by the API and by the command', async () => {
    const files = Object.keys(await gitward.repository.blobIds());
    const path = new SeededRandom(seed).of(files.filter((one) => one.endsWith('/config.json')));
    await gitward.repository.commit({ files: { [path]: '{}\n' } });
    expect(await verify()).toMatchObject({
      outcome: 'different',
      differences: [{ path, kind: 'different' }],
    });
    const ran = await gitward.command('verify', gitward.platform.projectId);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.out).toContain(path);
  });
});

/** Requests a verification and returns its verdict. */
async function verify(): Promise<Verification> {
  const path = gitward.mirrorPath;
  const { askedAt } = await gitward.call<{ askedAt: string }>('POST', `${path}/actions/verify`);
  return vi.waitFor(
    async () => {
      const found = await gitward.call<Verification>('GET', `${path}/verification`);
      expect(found.checkedAt >= askedAt).toBe(true);
      return found;
    },
    { timeout: 30_000, interval: 500 },
  );
}
