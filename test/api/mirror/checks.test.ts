import { beforeEach, describe, expect, test } from 'vitest';
import type { RepositoryToCheck } from '../../../api/http/ports.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { RepositoryFindings } from '../../../model/streams/repository-findings.ts';
import { apiUnderTest, withMirror } from '../api-under-test.ts';

const checked: RepositoryToCheck[] = [];
const findings: RepositoryFindings = {
  ...{ reachable: true, failure: null, empty: true, tip: null },
  ...{ pushAllowed: true, pushReason: '', branchProtected: null },
  ...{ visibility: 'private', visibilityReason: 'It is private.' },
};
const api = await apiUnderTest({
  checkRepository: (repository) => {
    checked.push(repository);
    return Promise.resolve(findings);
  },
});
const source = { kind: 'keboola', url: 'https://connection.example', token: 'a-secret-token' };

beforeEach(() => {
  checked.length = 0;
  api.source.failure = null;
  api.source.projectId = null;
});

test('the platforms say what a project of theirs needs', async () => {
  const agent = await api.token({ role: 'agent' });
  const { status, body } = await api.call('GET', '/v1/platforms', undefined, agent);
  expect([status, body.items]).toEqual([
    200,
    [
      {
        ...{ kind: 'keboola', title: 'a Keboola project', choosesId: false },
        url: { title: "the address of the platform's Storage API" },
        token: { title: 'Storage API token' },
      },
      {
        ...{ kind: 'sample', title: 'the built-in sample', choosesId: true },
        ...{ url: null, token: null },
      },
    ],
  ]);
});

describe('the check of a source', () => {
  const check = (body: object) => api.call('POST', '/v1/projects/actions/check', body);

  test('says which project it opens, and stores nothing', async () => {
    api.source.projectId = '4711';
    expect(await check({ source })).toMatchObject({
      status: 200,
      body: {
        ...{ projectId: '4711', projectName: 'Project 4711', isKnown: false, branchCount: 2 },
        branches: [
          { id: '1', name: 'Main', isDefault: true },
          { id: '2', name: 'Development', isDefault: false },
        ],
      },
    });
    expect((await api.call('GET', '/v1/projects/4711')).status).toBe(404);
    expect(api.log()).not.toContain('a-secret-token');
  });

  test('says whether the project was added already', async () => {
    await withMirror(api, 'known');
    const { body } = await check({ id: 'known', source: { kind: 'sample' } });
    expect(body).toMatchObject({ projectId: 'known', isKnown: true });
  });

  test.each([
    ['source_token_refused', '/source/token'],
    ['source_unreachable', '/source/url'],
    ['source_invalid', '/source/url'],
  ] as const)('says beside the field what is wrong: %s', async (code, pointer) => {
    api.source.failure = new StreamFailure(code, 'The source said no.');
    for (const path of ['/v1/projects/actions/check', '/v1/projects'])
      expect(await api.call('POST', path, { id: '1', source })).toMatchObject({
        status: 422,
        body: { code, errors: [{ pointer, message: 'The source said no.' }] },
      });
  });

  test('refuses an address that the settings do not allow, and asks nobody', async () => {
    const asked = api.source.asked;
    const { status, body } = await check({
      source: { ...source, url: 'https://private.example' },
    });
    expect([status, body.errors[0].pointer]).toEqual([422, '/source/url']);
    expect(api.source.asked).toBe(asked);
  });

  test('needs an id only where people choose it, and only then compares it', async () => {
    expect(await check({ source: { kind: 'sample' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/id' }] },
    });
    api.source.projectId = '4711';
    expect(await check({ id: '4712', source })).toMatchObject({
      status: 422,
      body: { code: 'project_mismatch', errors: [{ pointer: '/id' }] },
    });
  });
});

describe('the check of a repository', () => {
  const url = 'https://git.example/team.git';
  const check = (body: object) => api.call('POST', '/v1/repositories/actions/check', body);

  test('asks with the stored credential, or with one that is not stored, or with none', async () => {
    const { body: stored } = await api.call('POST', '/v1/credentials', {
      ...{ name: 'git', origin: url, token: 'a-stored-secret' },
    });
    const { status, body } = await check({ repository: { url, credentialId: stored.id } });
    expect([status, body]).toEqual([200, { ...findings, placeTaken: null }]);
    await check({ repository: { url, branch: 'mirror' }, credential: { token: 'a-new-secret' } });
    await check({ repository: { url } });
    expect(checked).toEqual([
      { url, branch: 'main', credential: { id: stored.id } },
      {
        ...{ url, branch: 'mirror' },
        credential: { username: 'x-access-token', password: 'a-new-secret' },
      },
      { url, branch: 'main', credential: null },
    ]);
    expect(api.log()).not.toContain('a-new-secret');
  });

  test('sends no credential to another origin, nor two at once', async () => {
    const { body: stored } = await api.call('POST', '/v1/credentials', {
      ...{ name: 'elsewhere', origin: 'https://other.example', token: 'a-stored-secret' },
    });
    expect(await check({ repository: { url, credentialId: stored.id } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/repository/credentialId' }] },
    });
    const ours = { url: 'https://other.example/a.git', credentialId: stored.id };
    expect(
      await check({ repository: ours, credential: { token: 'another-secret' } }),
    ).toMatchObject({ status: 422, body: { errors: [{ pointer: '/credential' }] } });
    expect(checked).toEqual([]);
  });

  test.each([
    ['/repository/url', { url: 'https://private.example/a.git' }],
    ['/repository/branch', { url, branch: 'a..b' }],
    ['/repository/subdirectory', { url, subdirectory: '../out' }],
  ])('says what is wrong beside the field: %s', async (pointer, repository) => {
    expect(await check({ repository })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer }] },
    });
    expect(checked).toEqual([]);
  });

  test('says that another mirror has the place, but not that the mirror itself has it', async () => {
    await withMirror(api, 'first', 'shared');
    const repository = { url: 'https://git.example/mirror.git', subdirectory: 'shared' };
    const of = async (projectId: string): Promise<unknown> =>
      (await check({ repository, mirror: { projectId, branchId: '1' } })).body.placeTaken;
    expect(await of('first')).toBeNull();
    expect(await of('second')).toContain('mirror/first/1 already writes to this place.');
  });

  test('is refused for a project that the caller may not see', async () => {
    const limited = await api.token({ role: 'admin', projects: ['shop'] });
    const mirror = { projectId: 'bank', branchId: '1' };
    const body = { repository: { url }, mirror };
    const answer = await api.call('POST', '/v1/repositories/actions/check', body, limited);
    expect(answer).toMatchObject({ status: 404, body: { code: 'project_not_found' } });
  });
});
