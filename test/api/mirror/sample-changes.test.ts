import { expect, test } from 'vitest';
import { listSampleChanges } from '../../../db/mirror/sample-changes.ts';
import { apiUnderTest, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();
const what = { componentId: 'keboola.ex-http', configId: '42' };

/** A project of one configuration, whose version increases by one with each change. */
api.source.read = async (projectId, [branchId = '']) => {
  const changes = (await listSampleChanges(api.db, projectId)).filter(
    (change) => change.branchId === branchId,
  );
  return {
    id: projectId,
    apiHost: 'sample.invalid',
    backends: [],
    features: [],
    defaultBranchId: '1',
    components: [],
    branches: [
      {
        id: branchId,
        name: 'Main',
        isDefault: true,
        description: '',
        metadata: [],
        configurations: [
          {
            componentId: what.componentId,
            id: what.configId,
            name: 'Orders',
            description: '',
            isDisabled: false,
            version: 3 + changes.length,
            author: changes.at(-1)?.author ?? null,
            changedAt: changes.at(-1)?.at ?? null,
            changeDescription: null,
            content: new Map(),
            metadata: [],
            rows: [],
          },
        ],
        storage: null,
      },
    ],
  };
};

test('a change is answered with the event that a platform would send, and that event is accepted', async () => {
  await withMirror(api, 'sample');
  const url = '/v1/projects/sample/sample-changes';
  const body = { ...what, author: 'ada@example.com', description: 'More rows' };
  const { status, body: event } = await api.call('POST', url, body);
  expect(status).toBe(201);
  expect(event).toEqual({
    type: 'config_changed',
    projectId: 'sample',
    branchId: '1',
    ...what,
    newVersion: 4,
    author: 'ada@example.com',
    committedAt: expect.any(String),
    changeDescription: 'More rows',
  });
  expect(api.told).toEqual([]);
  const sent = await api.call('POST', '/v1/events', event);
  expect(sent.body).toEqual({ accepted: 1, duplicates: 0, rejected: [] });

  const events = await Promise.all(
    Array.from({ length: 8 }, () => api.call('POST', url, { ...body, branchId: '1' })),
  );
  const versions = events.map((answer) => Number(answer.body.newVersion)).sort((a, b) => a - b);
  expect(versions).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
});

test('an unknown configuration, and a project that is not a sample, cannot be changed', async () => {
  const url = '/v1/projects/sample/sample-changes';
  const body = { ...what, configId: 'none', author: 'a', description: '' };
  expect((await api.call('POST', url, body)).body.code).toBe('configuration_not_found');
  await api.db
    .insertInto('projects')
    .values({ id: 'real', name: 'Real', sourceKind: 'keboola', sourceUrl: 'https://x.example' })
    .execute();
  expect((await api.call('POST', '/v1/projects/real/sample-changes', body)).body.code).toBe(
    'not_a_sample',
  );
});
