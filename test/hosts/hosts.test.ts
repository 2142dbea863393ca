import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHosts } from '../../hosts/create-hosts.ts';
import { apisOf } from '../../hosts/known-hosts.ts';
import type { HostKind } from '../../hosts/types.ts';
import { Unreachable } from '../../model/streams/errors.ts';
import type { HostAnswer } from '../../model/streams/visibility.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { startHostApi } from '../support/host-apis.ts';

const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false });
const dispatcher = createDispatcher(policy);
const { signal } = new AbortController();
const credential = { username: 'gitward', password: 'host-token-51d0' };
let api: Awaited<ReturnType<typeof startHostApi>>;
beforeEach(async () => {
  api = await startHostApi();
});
afterEach(() => api.close());
afterAll(() => dispatcher.close());

interface Asked {
  kind?: HostKind;
  path?: string;
  branch?: string;
  openToSignUp?: boolean;
  username?: string;
}

/** Asks the stand-in, which is a known host if a kind is given. */
function ask(asked: Asked = {}): Promise<HostAnswer | null> {
  const { kind, path = 'shop/mirror.git', branch = 'main', openToSignUp = false } = asked;
  const { url } = api;
  const hosts = createHosts({
    dispatcher,
    known: kind === undefined ? [] : [{ origin: url, kind, api: url, openToSignUp }],
  });
  const username = asked.username ?? credential.username;
  return hosts.ask(
    { url: `${url}/${path}`, branch, credential: { ...credential, username } },
    { signal },
  );
}

describe('GitHub', () => {
  const repository = { full_name: 'shop/mirror', private: true, permissions: { push: true } };

  test.each([
    [{ private: true, visibility: 'private' }, 'private'],
    [{ private: true, visibility: 'internal' }, 'internal'],
    [{ private: false, visibility: 'public' }, 'public'],
    // A repository that is not private is public, whatever else GitHub says.
    [{ private: false, visibility: 'internal' }, 'public'],
  ])('reports a repository with %j as %s', async (fields, visibility) => {
    api.answers['/repos/shop/mirror'] = [200, { ...repository, ...fields }];
    expect(await ask({ kind: 'github' })).toMatchObject({ visibility, host: 'GitHub' });
  });

  test('says whether pushing is allowed and whether the branch is protected', async () => {
    api.answers['/repos/shop/mirror'] = [200, repository];
    api.answers['/repos/shop/mirror/branches/gitward%2Fmain'] = [200, { protected: true }];
    expect(await ask({ kind: 'github', branch: 'gitward/main' })).toMatchObject({
      pushAllowed: true,
      branchProtected: true,
    });
    expect(api.calls.map(({ authorization }) => authorization)).toEqual([
      'Bearer host-token-51d0',
      'Bearer host-token-51d0',
    ]);
    expect(api.calls.every(({ path }) => !path.includes('host-token'))).toBe(true);
  });

  test.each([401, 403, 404, 500])(
    'reports the visibility as unknown after status %i, with the reason',
    async (status) => {
      api.answers['/repos/shop/mirror'] = [status, {}];
      const answer = await ask({ kind: 'github' });
      expect(answer).toMatchObject({ visibility: 'unknown', pushAllowed: null });
      expect(answer?.problem).toContain(String(status));
      expect(answer?.problem).not.toContain('host-token');
    },
  );

  test('a redirect is not followed, since it could take the credential elsewhere', async () => {
    const elsewhere = await startHostApi();
    elsewhere.answers['/repos/shop/mirror'] = [200, repository];
    api.answers['/repos/shop/mirror'] = [
      301,
      {},
      { location: `${elsewhere.url}/repos/shop/mirror` },
    ];
    expect(await ask({ kind: 'github' })).toMatchObject({ visibility: 'unknown' });
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.close();
  });

  test('an unreachable host is reported in the answer', async () => {
    const { url } = api;
    await api.close();
    const hosts = createHosts({
      dispatcher,
      known: [{ origin: url, kind: 'github', api: url, openToSignUp: false }],
    });
    const answer = await hosts.ask(
      { url: `${url}/shop/mirror`, branch: 'main', credential },
      { signal },
    );
    expect(answer).toMatchObject({ visibility: 'unknown' });
    expect(answer?.problem).toContain('ECONNREFUSED');
    api = await startHostApi();
  });
});

describe('GitLab', () => {
  const at = '/projects/shop%2Fteam%2Fmirror';

  test.each(['private', 'internal', 'public'])('reports the visibility %s', async (visibility) => {
    api.answers[at] = [200, { visibility }];
    api.answers[`${at}/repository/branches/main`] = [200, { protected: true, can_push: false }];
    expect(await ask({ kind: 'gitlab', path: 'shop/team/mirror.git' })).toMatchObject({
      visibility,
      pushAllowed: false,
      branchProtected: true,
    });
    expect(api.calls[0]?.authorization).toBe('Bearer host-token-51d0');
  });
});

describe('Gitea and Forgejo', () => {
  const repository = { full_name: 'shop/mirror', private: false, internal: false };

  test.each([
    [{ private: true }, 'private'],
    [{}, 'public'],
    [{ internal: true }, 'internal'],
    [{ owner: { visibility: 'limited' } }, 'internal'],
  ])('reports a repository with %j as %s', async (fields, visibility) => {
    api.answers['/repos/shop/mirror'] = [200, { ...repository, ...fields }];
    api.answers['/repos/shop/mirror/branches/main'] = [
      200,
      { protected: false, user_can_push: true },
    ];
    expect(await ask({ kind: 'gitea' })).toMatchObject({
      visibility,
      pushAllowed: true,
      branchProtected: false,
    });
    expect(api.calls[0]?.authorization).toBe('token host-token-51d0');
  });
});

describe('Bitbucket', () => {
  test.each([
    [true, 'private'],
    [false, 'public'],
  ])('reports a repository with is_private %s as %s', async (isPrivate, visibility) => {
    api.answers['/repositories/shop/mirror'] = [200, { is_private: isPrivate }];
    expect(await ask({ kind: 'bitbucket' })).toMatchObject({ visibility, pushAllowed: null });
    expect(api.calls[0]?.authorization).toBe(
      `Basic ${Buffer.from('gitward:host-token-51d0').toString('base64')}`,
    );
  });

  test('an access token is sent as a bearer token', async () => {
    await ask({ kind: 'bitbucket', username: 'x-token-auth' });
    expect(api.calls[0]?.authorization).toBe('Bearer host-token-51d0');
  });
});

describe('an unknown host', () => {
  test.each([
    ['Gitea', '/api/v1/repos/shop/mirror', { full_name: 'shop/mirror', private: true }],
    ['GitLab', '/api/v4/projects/shop%2Fmirror', { visibility: 'private' }],
    ['GitHub', '/api/v3/repos/shop/mirror', { full_name: 'shop/mirror', private: true }],
  ])('is recognized as %s by its answers', async (host, path, body) => {
    api.answers[path] = [200, body];
    expect(await ask()).toMatchObject({ host, visibility: 'private' });
  });

  test('says nothing if no API answers', async () => {
    expect(await ask()).toBeNull();
  });

  test('says nothing if every path answers with a login page', async () => {
    for (const path of [
      '/api/v1/repos/shop/mirror',
      '/api/v4/projects/shop%2Fmirror',
      '/api/v3/repos/shop/mirror',
    ])
      api.answers[path] = [200, '<html>Please sign in</html>'];
    expect(await ask()).toBeNull();
  });
});

test('an address that the settings do not allow is not contacted', async () => {
  const strict = createDispatcher(
    createAddressPolicy({ allowPrivateNetwork: false, allowFileRepositories: false }),
  );
  const { url } = api;
  const hosts = createHosts({
    dispatcher: strict,
    known: [{ origin: url, kind: 'github', api: url, openToSignUp: false }],
  });
  const answer = await hosts.ask(
    { url: `${url}/shop/mirror`, branch: 'main', credential },
    { signal },
  );
  expect(answer).toMatchObject({ visibility: 'unknown' });
  expect(api.calls).toEqual([]);
  await strict.close();
});

test('a reason why a host cannot be reached is told', async () => {
  const words =
    'The certificate of api.github.com is not valid (CERT_HAS_EXPIRED). Check it there.';
  const away = new Agent({ connect: (_target, done) => done(new Unreachable(words), null) });
  const answer = await createHosts({ dispatcher: away }).ask(
    { url: 'https://github.com/shop/mirror', branch: 'main', credential },
    { signal },
  );
  expect(answer?.problem).toBe(`GitHub’s API could not be asked. ${words}`);
  await away.destroy();
});

test.each([
  ['https://github.com/shop/mirror.git', ['https://api.github.com']],
  ['https://gitlab.com/shop/mirror.git', ['https://gitlab.com/api/v4']],
  ['https://shop.ghe.com/shop/mirror', ['https://api.shop.ghe.com']],
  // Another origin of the same host: what is for it does not go to the host's own API.
  [
    'https://github.com:8443/shop/mirror',
    [
      'https://github.com:8443/api/v1',
      'https://github.com:8443/api/v4',
      'https://github.com:8443/api/v3',
    ],
  ],
  [
    'http://shop.ghe.com/shop/mirror',
    ['http://shop.ghe.com/api/v1', 'http://shop.ghe.com/api/v4', 'http://shop.ghe.com/api/v3'],
  ],
  // A name that only resembles a known one.
  [
    'https://github.com.example/shop/mirror',
    [
      'https://github.com.example/api/v1',
      'https://github.com.example/api/v4',
      'https://github.com.example/api/v3',
    ],
  ],
])('looks for the API of %s at %j', (url, apis) => {
  expect(apisOf(new URL(url)).map(({ api }) => api)).toEqual(apis);
});
