import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  currentVisibility,
  type VisibilityDependencies,
} from '../../../activities/streams/check-visibility.ts';
import { repositoryOf } from '../../../activities/mirror/open-mirror.ts';
import { findMirror } from '../../../db/mirror/mirrors.ts';
import { createGitDeliverer } from '../../../git/deliver/deliverer.ts';
import { createHosts } from '../../../hosts/create-hosts.ts';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import { createDispatcher } from '../../../network/dispatcher.ts';
import { startHostApi } from '../../support/host-apis.ts';
import { activitiesUnderTest } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { db, sealer, server } = under;
const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
const dispatcher = createDispatcher(policy);
const cacheDirectory = await mkdtemp(join(tmpdir(), 'git-cache-'));
const git = await createGitDeliverer({ cacheDirectory, policy });
const api = await startHostApi();
const hosts = createHosts({
  dispatcher,
  known: [
    {
      ...{ origin: new URL(server.url('any')).origin, kind: 'github', api: api.url },
      openToSignUp: false,
    },
  ],
});
const deps: VisibilityDependencies = { db, sealer, git, hosts };
const { signal } = new AbortController();

afterAll(async () => {
  await git.close();
  await dispatcher.close();
  await api.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

beforeEach(() => {
  api.calls.length = 0;
});

type Mirror = Awaited<ReturnType<typeof under.mirror>>;

async function ask({ key }: Mirror) {
  const row = await findMirror(db, key);
  return currentVisibility(deps, repositoryOf(row!), { signal });
}

/**
 * Sets what the host says about a mirror's repository. Paths on GitHub have an owner; those on our server have none.
 */
async function hosted(isPrivate: boolean): Promise<Mirror> {
  const mirror = await under.mirror();
  const name = `shop/mirror-${mirror.key.projectId}`;
  await server.createRepository(name);
  await db
    .updateTable('mirrors')
    .set({ repositoryUrl: server.url(name) })
    .where('projectId', '=', mirror.key.projectId)
    .execute();
  api.answers[`/repos/${name}`] = [200, { full_name: name, private: isPrivate }];
  return mirror;
}

function age(milliseconds: number) {
  return db
    .updateTable('visibilities')
    .set({ checkedAt: new Date(Date.now() - milliseconds) })
    .execute();
}

describe("the visibility of a mirror's repository", () => {
  test("is what its host says when asked with the mirror's credential", async () => {
    const mirror = await hosted(true);
    expect(await ask(mirror)).toMatchObject({
      result: 'private',
      reason: 'GitHub says that it is private.',
    });
    expect(api.calls[0]?.authorization).toBe(`Bearer ${server.credential!.password}`);
  });

  test('is public if the host says so, even if the host refuses requests without a credential', async () => {
    expect(await ask(await hosted(false))).toMatchObject({ result: 'public' });
  });

  test('is public if it can be read without a credential, even if the host says private', async () => {
    const mirror = await hosted(true);
    const { credential } = server;
    server.credential = null;
    expect(await ask(mirror)).toMatchObject({ result: 'public' });
    server.credential = credential;
  });

  test('is checked again only after five minutes', async () => {
    const mirror = await hosted(true);
    await ask(mirror);
    const calls = api.calls.length;
    await age(4 * 60_000);
    await ask(mirror);
    expect(api.calls.length).toBe(calls);
    await age(5 * 60_000);
    await ask(mirror);
    expect(api.calls.length).toBe(2 * calls);
  });

  test('is checked again sooner if it was unknown', async () => {
    const mirror = await hosted(true);
    await server.goAway();
    api.answers[`/repos/shop/mirror-${mirror.key.projectId}`] = [500, {}];
    expect(await ask(mirror)).toMatchObject({ result: 'unknown' });
    await server.comeBack();
    api.answers[`/repos/shop/mirror-${mirror.key.projectId}`] = [
      200,
      { full_name: 'x', private: true },
    ];
    await age(31_000);
    expect(await ask(mirror)).toMatchObject({ result: 'private' });
  });

  test('is checked again for another repository', async () => {
    const mirror = await hosted(true);
    await ask(mirror);
    await db
      .updateTable('mirrors')
      .set({ repositoryUrl: server.url('another') })
      .where('projectId', '=', mirror.key.projectId)
      .execute();
    expect((await ask(mirror)).reason).not.toContain('GitHub');
  });
});
