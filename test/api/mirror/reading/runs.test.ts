import { beforeAll, expect, test } from 'vitest';
import { insertRuns } from '../../../../db/mirror/job-runs.ts';
import { updateRenderedFiles } from '../../../../db/mirror/rendered-files.ts';
import { mirrorStream } from '../../../../model/mirror/ids.ts';
import type { JobRun } from '../../../../model/platform/job.ts';
import { apiUnderTest, withMirror } from '../../api-under-test.ts';

const api = await apiUnderTest();
const stream = mirrorStream({ projectId: 'p', branchId: '1' });

function run(at: number, over: Partial<JobRun> = {}): JobRun {
  return {
    runId: String(at),
    parentRunId: null,
    componentId: at % 2 === 0 ? 'ex' : 'wr',
    configId: String(at % 3),
    configVersion: 1,
    rowIds: [],
    status: at % 5 === 0 ? 'FAILED' : 'SUCCESS',
    createdAt: null,
    startedAt: null,
    // Three at a time end at the same moment.
    finishedAt: new Date(Date.UTC(2026, 2, 1, 0, Math.floor(at / 3))).toISOString(),
    author: 'ada@example.com',
    error: { message: 'password=hunter2', exceptionId: null },
    inputs: [],
    outputs: [],
    stateDigest: null,
    artifactLinks: [],
    details: null,
    ...over,
  };
}

const runs = Array.from({ length: 30 }, (_, at) => run(at));

beforeAll(async () => {
  await withMirror(api, 'p');
  const stored = runs.map((one) => ({ run: one, path: `jobs/${one.runId}.json` }));
  await api.db.transaction().execute(async (trx) => {
    await insertRuns(trx, api.sealer, stream, stored);
    const entry = { path: 'jobs/7.json', blobId: '0'.repeat(40), owner: 'job/1/7' };
    await updateRenderedFiles(trx, stream, { written: [entry], removed: [] });
  });
});

async function list(query: string): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { status, body } = await api.call(
      'GET',
      `/v1/projects/p/mirrors/1/runs?limit=4&${query}${cursor && `&cursor=${cursor}`}`,
    );
    expect(status).toBe(200);
    seen.push(...(body.items as { runId: string }[]).map(({ runId }) => runId));
    cursor = body.nextCursor as string | null;
  }
  return seen;
}

/** What the list should be: newest first, and among those that ended together by id, backwards. */
function expected(wanted: (one: JobRun) => boolean): string[] {
  const key = ({ finishedAt, runId }: JobRun) => `${finishedAt} ${runId}`;
  return runs
    .filter(wanted)
    .sort((a, b) => (key(a) < key(b) ? 1 : -1))
    .map(({ runId }) => runId);
}

test('all of them, newest first, each once', async () => {
  expect(await list('')).toEqual(expected(() => true));
});

test('by component, configuration, status and time, which all apply', async () => {
  expect(await list('component=ex')).toEqual(expected(({ componentId }) => componentId === 'ex'));
  expect(await list('component=ex&configuration=1&status=failed')).toEqual(
    expected(
      ({ componentId, configId, status }) =>
        componentId === 'ex' && configId === '1' && status === 'FAILED',
    ),
  );
  const [from, to] = ['2026-03-01T00:02:00Z', '2026-03-01T00:05:00.000Z'];
  expect(await list(`from=${from}&to=${to}`)).toEqual(
    expected(({ finishedAt }) => finishedAt >= '2026-03-01T00:02:00.000Z' && finishedAt < to),
  );
  expect(await list('status=CANCELLED')).toEqual([]);
});

test('say where their file is, and nothing that is sealed', async () => {
  const { body, text } = await api.call('GET', '/v1/projects/p/mirrors/1/runs?limit=200');
  const paths = (body.items as { path: string | null }[]).map(({ path }) => path);
  expect(paths.filter((path) => path !== null)).toEqual(['jobs/7.json']);
  expect(text).not.toContain('hunter2');
});

test('refuse times and cursors that are none', async () => {
  for (const query of [
    'from=today',
    'to=2026-13-01',
    'cursor=x',
    `cursor=${Buffer.from('2026-99-01T00:00:00.000000Z 1').toString('base64url')}`,
  ])
    expect((await api.call('GET', `/v1/projects/p/mirrors/1/runs?${query}`)).status, query).toBe(
      422,
    );
  expect((await api.call('GET', '/v1/projects/p/mirrors/9/runs')).status).toBe(404);
});
