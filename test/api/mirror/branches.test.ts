import { describe, expect, test } from 'vitest';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { adminToken, apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const repository = { url: 'https://git.example/team.git', branch: 'main' };

async function put(projectId: string, branchId: string, body: object = {}) {
  const own = { ...repository, url: `https://git.example/${projectId}.git` };
  const branch = branchId === '1' ? 'main' : `branch-${branchId}`;
  return api.call('PUT', `/v1/projects/${projectId}/mirrors/${branchId}`, {
    repository: { ...own, branch },
    ...body,
  });
}

async function withProject(id: string, body: object = {}) {
  await api.call('POST', '/v1/projects', { id, source: { kind: 'sample' } });
  const answer = await put(id, '1', body);
  expect(answer.status).toBe(201);
  api.told.length = 0;
  return answer;
}

function branchChanged(projectId: string, branchId: string, kind: string) {
  return {
    type: 'branch_changed',
    projectId,
    branchId,
    kind,
    author: 'eva@example.com',
    committedAt: '2026-03-01T10:00:00Z',
    eventId: `event-${branchId}-${kind}`,
  };
}

/** Ends the mirror as the worker does when its branch is gone. */
async function end(projectId: string, branchId: string, because: 'merged' | 'deleted') {
  await api.db
    .updateTable('mirrors')
    .set({ endedAt: new Date(), endedBecause: because })
    .where('projectId', '=', projectId)
    .where('branchId', '=', branchId)
    .execute();
}

describe("a project's branches", () => {
  test('are listed as the source lists them, with whether each has a mirror', async () => {
    await withProject('listed');
    await put('listed', '2');
    expect(await api.call('GET', '/v1/projects/listed/branches')).toMatchObject({
      status: 200,
      body: {
        items: [
          { id: '1', name: 'Main', isDefault: true, hasMirror: true },
          { id: '2', name: 'Development', isDefault: false, hasMirror: true },
        ],
        total: 2,
      },
    });
    await end('listed', '2', 'deleted');
    const { body } = await api.call('GET', '/v1/projects/listed/branches');
    expect(body.items[1]).toMatchObject({ id: '2', hasMirror: false });
  });

  test('cannot be listed while the source is away, and the answer says so', async () => {
    await withProject('source-away');
    api.source.failure = new StreamFailure('source_unreachable', 'The source is away.');
    const answer = await api.call('GET', '/v1/projects/source-away/branches');
    api.source.failure = null;
    expect(answer).toMatchObject({ status: 502, body: { code: 'source_unreachable' } });
    expect(answer.body.detail).toContain('The source is away.');
  });

  test('are at most 1,000 in one answer, which says how many there are', async () => {
    await withProject('many');
    const branches = api.source.branches;
    const more = Array.from({ length: 1_200 }, (_, index) => ({
      ...{ id: String(index + 3), name: `Try ${index}`, isDefault: false },
    }));
    api.source.branches = [...branches, ...more];
    const { body } = await api.call('GET', '/v1/projects/many/branches');
    api.source.branches = branches;
    expect([body.items.length, body.total]).toEqual([1_000, 1_202]);
  });
});

describe('which development branches are linked automatically', () => {
  test('is none by default, and is stored as requested', async () => {
    const { body } = await withProject('kept');
    expect(body.developmentBranches).toEqual({ link: [], gitBranch: '{branch}' });
    const developmentBranches = { link: ['feature *', 'Try ?'], gitBranch: 'keboola/{branch}' };
    const told = await put('kept', '1', { developmentBranches });
    expect(told).toMatchObject({ status: 200, body: { developmentBranches } });
    expect(api.told).toContain('linkBranches kept');
  });

  test('does not make the mirror render anything again', async () => {
    await withProject('same');
    const set = { initializedAt: new Date(), resyncReason: null };
    await api.db.updateTable('mirrors').set(set).where('projectId', '=', 'same').execute();
    const { body } = await put('same', '1', { developmentBranches: { link: ['*'] } });
    expect(body).toMatchObject({ resyncReason: null, state: 'synced' });
  });

  test('can only be set on the default branch', async () => {
    await withProject('where');
    const answer = await put('where', '2', { developmentBranches: { link: ['*'] } });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/developmentBranches/link' }] },
    });
  });

  test.each(['feature', '{name}', 'a..{branch}', '{branch}{branch}', '/{id}', '{branch}.lock'])(
    'needs a Git branch name per branch: %s is refused',
    async (gitBranch) => {
      await api.call('POST', '/v1/projects', { id: 'git', source: { kind: 'sample' } });
      const answer = await put('git', '1', { developmentBranches: { link: ['*'], gitBranch } });
      expect(answer).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/developmentBranches/gitBranch' }] },
      });
    },
  );
});

describe('an event about a branch without a mirror', () => {
  test('starts a search for branches to link if linking is on, and is not stored', async () => {
    await withProject('hint', { developmentBranches: { link: ['*'] } });
    const { status, body } = await api.call('POST', '/v1/events', [
      branchChanged('hint', '77', 'created'),
      branchChanged('hint', '77', 'merged'),
      branchChanged('hint', '78', 'renamed'),
    ]);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      accepted: 2,
      duplicates: 0,
      rejected: [{ index: 1, code: 'mirror_not_found' }],
    });
    expect(new Set(api.told)).toEqual(new Set(['linkBranches hint']));
    const stored = await api.db.selectFrom('changeEvents').selectAll().execute();
    expect(stored.filter(({ projectId }) => projectId === 'hint')).toEqual([]);
  });

  test('is refused if linking is off', async () => {
    await withProject('nohint');
    const { body } = await api.call('POST', '/v1/events', branchChanged('nohint', '77', 'created'));
    expect(body).toMatchObject({ accepted: 0, rejected: [{ code: 'mirror_not_found' }] });
    expect(api.told).toEqual([]);
  });

  test("is refused if a person ended the branch's mirror", async () => {
    await withProject('meant', { developmentBranches: { link: ['*'] } });
    await put('meant', '2');
    await api.call('DELETE', '/v1/projects/meant/mirrors/2', undefined, adminToken);
    api.told.length = 0;
    const { body } = await api.call('POST', '/v1/events', branchChanged('meant', '2', 'created'));
    expect(body).toMatchObject({ accepted: 0, rejected: [{ code: 'mirror_not_found' }] });
    expect(api.told).toEqual([]);
  });

  test('is accepted while Temporal is unreachable', async () => {
    await withProject('away', { developmentBranches: { link: ['*'] } });
    api.temporal.away = true;
    const answer = await api.call('POST', '/v1/events', branchChanged('away', '77', 'created'));
    api.temporal.away = false;
    expect(answer).toMatchObject({ status: 202, body: { accepted: 1, rejected: [] } });
  });
});

describe('a mirror that has ended', () => {
  test('says why it ended', async () => {
    await withProject('why');
    await put('why', '2');
    await end('why', '2', 'merged');
    const merged = await api.call('GET', '/v1/projects/why/mirrors/2');
    expect(merged.body).toMatchObject({ state: 'ended', endedBecause: 'merged' });
    const disabled = await api.call('DELETE', '/v1/projects/why/mirrors/1');
    expect(disabled.body).toMatchObject({ state: 'ended', endedBecause: 'disabled' });
  });

  test('cannot be enabled again while its branch is gone', async () => {
    await withProject('gone');
    await put('gone', '2');
    await end('gone', '2', 'deleted');
    const branches = api.source.branches;
    api.source.branches = branches.filter(({ id }) => id !== '2');
    expect(await put('gone', '2')).toMatchObject({
      status: 422,
      body: { code: 'branch_not_found' },
    });
    api.source.branches = branches;
    const back = await put('gone', '2');
    expect(back).toMatchObject({ status: 200, body: { endedAt: null, endedBecause: null } });
  });
});

test('the default branch is known once its mirror was enabled by id', async () => {
  await withProject('known');
  const project = await api.db
    .selectFrom('projects')
    .select('defaultBranchId')
    .where('id', '=', 'known')
    .executeTakeFirstOrThrow();
  expect(project).toEqual({ defaultBranchId: '1' });
});
