import { expect, test } from 'vitest';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { defaultSamples } from '../../../model/mirror/samples.ts';
import { putVisibility } from '../../../db/streams/visibilities.ts';
import { apiUnderTest } from '../api-under-test.ts';

const asked: string[] = [];
let answer: () => Promise<void> = () => Promise.resolve();
const api = await apiUnderTest({
  checkVisibility: async (key) => {
    asked.push(mirrorStream(key));
    await answer();
  },
});
const url = (project: string) => `/v1/projects/${project}/mirrors/1`;
const repositoryOf = (project: string) => ({
  url: `https://git.example/${project}.git`,
  branch: 'main',
});

async function put(project: string, samples?: object) {
  await api.call('POST', '/v1/projects', { id: project, source: { kind: 'sample' } });
  asked.length = 0;
  return api.call('PUT', url(project), { repository: repositoryOf(project), samples });
}

test('samples are off by default, and the visibility is not checked then', async () => {
  const { body } = await put('off');
  expect(body.samples).toEqual({
    ...defaultSamples,
    state: 'off',
    reason: expect.stringContaining('not switched on'),
  });
  expect(body.visibility).toBeNull();
  expect(asked).toEqual([]);
});

test('enabling samples checks the visibility, and the result is in the status', async () => {
  const key = { projectId: 'on', branchId: '1' };
  answer = () =>
    putVisibility(api.db, mirrorStream(key), repositoryOf('on').url, {
      result: 'public',
      reason: 'GitHub says that it is public.',
      checkedAt: new Date(),
    });
  const { body } = await put('on', { enabled: true, rows: 20 });
  answer = () => Promise.resolve();
  expect(asked).toEqual(['mirror/on/1']);
  expect(body).toMatchObject({
    samples: { enabled: true, rows: 20, state: 'off', reason: expect.stringContaining('public') },
    visibility: { result: 'public', reason: 'GitHub says that it is public.' },
  });
  // The result does not apply to another repository.
  const moved = await api.call('PUT', url('on'), {
    repository: { ...repositoryOf('on'), url: 'https://git.example/elsewhere.git' },
    samples: { enabled: true },
  });
  expect(moved.body).toMatchObject({ samples: { state: 'waiting' }, visibility: null });
});

test('a mirror can be enabled even if the visibility cannot be checked', async () => {
  answer = () => Promise.reject(new Error('The host is away.'));
  const { status, body } = await put('away', { enabled: true });
  answer = () => Promise.resolve();
  expect(status).toBe(201);
  expect(body.samples.state).toBe('waiting');
  expect(api.log()).toContain('The host is away.');
});

test('all settings are stored and returned', async () => {
  const samples = {
    enabled: true,
    rows: 5,
    formats: ['json', 'csv'],
    exclude: ['in.c-hr.*'],
    excludeMetadata: [{ key: 'owner' }, { key: 'level', value: 'board' }],
    personalDataTags: ['private'],
    mask: { columns: ['in.c-crm.*:email', '*phone*'] },
    refresh: '6h',
    maxBytes: 10_000,
  };
  const { body } = await put('all', samples);
  expect(body.samples).toMatchObject({
    ...samples,
    excludeMetadata: [
      { key: 'owner', value: null },
      { key: 'level', value: 'board' },
    ],
  });
  expect((await api.call('GET', url('all'))).body.samples).toEqual(body.samples);
});

test.each([
  [{ rows: 101 }, '/samples/rows'],
  [{ rows: 0 }, '/samples/rows'],
  [{ formats: [] }, '/samples/formats'],
  [{ formats: ['xlsx'] }, '/samples/formats/0'],
  [{ exclude: [''] }, '/samples/exclude/0'],
  [{ exclude: ['a\nb'] }, '/samples/exclude/0'],
  [{ excludeMetadata: [{ value: 'x' }] }, '/samples/excludeMetadata/0/key'],
  [{ mask: { columns: ['in.c-crm.x:'] } }, '/samples/mask/columns/0'],
  [{ mask: { rows: [] } }, '/samples/mask/rows'],
  [{ refresh: 'daily' }, '/samples/refresh'],
  [{ maxBytes: 10 }, '/samples/maxBytes'],
])('%j is refused at %s', async (samples, pointer) => {
  const { status, body } = await put('refused', samples);
  expect([400, 422]).toContain(status);
  const { errors } = body as { errors: { pointer: string }[] };
  expect(errors.map((one) => one.pointer)).toContain(pointer);
});

test('a change of samples alone has the reason `samples`, any other change `policy`', async () => {
  await put('reasons');
  const settle = () =>
    api.db
      .updateTable('mirrors')
      .set({ initializedAt: new Date(), resyncReason: null })
      .where('projectId', '=', 'reasons')
      .execute();
  const change = async (settings: object): Promise<string | null> => {
    const answered = await api.call('PUT', url('reasons'), {
      repository: repositoryOf('reasons'),
      ...settings,
    });
    return (answered.body as { resyncReason: string | null }).resyncReason;
  };
  await settle();
  expect(await change({ samples: { enabled: true } })).toBe('samples');
  await settle();
  expect(await change({ samples: { enabled: true } })).toBeNull();
  expect(await change({ samples: { enabled: false } })).toBe('samples');
  await settle();
  expect(await change({ samples: { enabled: true }, secrets: 'omitted' })).toBe('policy');
});
