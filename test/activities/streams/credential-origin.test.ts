import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  checkVisibility,
  type VisibilityDependencies,
} from '../../../activities/streams/check-visibility.ts';
import { repositoryOf } from '../../../activities/mirror/open-mirror.ts';
import { findMirror } from '../../../db/mirror/mirrors.ts';
import { GitServer } from '../../../examples/git-server/git-server.ts';
import { activitiesUnderTest } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const elsewhere = await GitServer.start();
await elsewhere.createRepository('mirror');
afterAll(() => elsewhere.close());
const { signal } = new AbortController();
const notAsked = () => Promise.reject(new Error('not asked'));
const parts: VisibilityDependencies = {
  ...{ db: under.db, sealer: under.sealer, hosts: { ask: notAsked } },
  git: {
    ...{ deliver: notAsked, askAnonymously: notAsked, withTip: notAsked },
    ...{
      askBranch: notAsked,
      askBranches: notAsked,
      askPush: notAsked,
      knock: notAsked,
      removeBranch: notAsked,
    },
  },
};

/** A mirror to the other server, whatever its credential is for: as a row from before. */
async function misled(origin: string | null) {
  const mirror = await under.mirror();
  await under.db
    .updateTable('mirrors')
    .set({ repositoryUrl: elsewhere.url('mirror'), subdirectory: mirror.key.projectId })
    .where('projectId', '=', mirror.key.projectId)
    .execute();
  await under.db.updateTable('credentials').set({ origin }).execute();
  elsewhere.requests.length = 0;
  return mirror;
}

beforeEach(async () => {
  const origin = new URL(under.server.url('any')).origin;
  await under.db.updateTable('credentials').set({ origin }).execute();
});

test.each([
  ['for another origin', new URL(under.server.url('any')).origin],
  ['that nobody has bound yet', null],
])('a credential %s is sent nowhere', async (_which, origin) => {
  const mirror = await misled(origin);
  const row = await findMirror(under.db, mirror.key);
  await expect(mirror.deliver()).rejects.toMatchObject({ type: 'credential_origin' });
  expect(await checkVisibility(parts, repositoryOf(row!), { signal })).toMatchObject({
    result: 'unknown',
    reason: expect.stringContaining('gitward credentials rotate'),
  });
  expect(elsewhere.requests).toEqual([]);
});

test('a credential for the origin is sent', async () => {
  const mirror = await misled(new URL(elsewhere.url('mirror')).origin);
  await mirror.deliver();
  expect(elsewhere.requests.some(({ authorized }) => authorized)).toBe(true);
});
