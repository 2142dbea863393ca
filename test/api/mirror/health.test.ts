import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { HealthView } from '../../../api/mirror/health-routes.ts';
import { insertDeliveredBatch } from '../../../db/streams/batches.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { apiUnderTest, configChanged, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();
const stream = 'mirror/shop/1';
const path = '/v1/projects/shop/mirrors/1/health';

beforeAll(() => withMirror(api, 'shop'));

async function health(query = ''): Promise<HealthView> {
  const { status, body } = await api.call('GET', path + query);
  expect(status).toBe(200);
  return body as HealthView;
}

test('a mirror that has done nothing has a whole period of nothing', async () => {
  for (const [period, buckets] of [
    ['day', 24],
    ['week', 28],
    ['month', 30],
  ] as const) {
    const found = await health(`?period=${period}`);
    expect(found.period).toBe(period);
    expect(found.buckets).toHaveLength(buckets);
    const nothing = { changes: 0, commits: 0, failedAttempts: 0, redactions: 0, backlog: 0 };
    const unknown = { p50: null, p95: null, success: null };
    expect(found.total).toEqual({ ...nothing, ...unknown });
    expect(found.buckets[0]).toEqual({
      ...{ ...nothing, ...unknown },
      from: expect.any(String) as string,
    });
  }
  expect((await health()).period).toBe('day');
});

test('what happened until now is in the last bucket and in the total', async () => {
  await api.call('POST', '/v1/events', [configChanged('shop', 'a'), configChanged('shop', 'b')]);
  await sql`
    UPDATE change_events SET occurred_at = received_at - interval '41 s', delivered_at = received_at
    WHERE config_id = 'a'`.execute(api.db);
  const author = { name: 'A', email: 'a@b' };
  for (const [at, sha] of ['c'.repeat(40), 'd'.repeat(40)].entries())
    await api.db.transaction().execute((trx) =>
      insertDeliveredBatch(trx, {
        ...{
          id: `00000000-0000-4000-8000-00000000000${at}`,
          stream,
          reason: 'changes',
          through: 1,
        },
        ...{ message: { author, coAuthors: [], subject: 's', body: '' }, authoredAt: new Date() },
        ...{ sha, at: new Date(), redactions: 2 },
      }),
    );
  await recordFailure(api.db, {
    ...{ stream, lane: 'repository', code: 'repository_unreachable', message: 'Away.' },
    ...{ attemptStartedAt: new Date().toISOString(), nextAttemptAt: new Date().toISOString() },
  });
  const { total, buckets } = await health('?period=month');
  expect(total).toEqual({
    ...{ changes: 1, p50: 41_000, p95: 41_000, backlog: 1 },
    ...{ commits: 2, failedAttempts: 1, redactions: 4, success: 2 / 3 },
  });
  const sum = (of: 'changes' | 'commits' | 'failedAttempts') =>
    buckets.reduce((all, bucket) => all + bucket[of], 0);
  expect([sum('changes'), sum('commits'), sum('failedAttempts')]).toEqual([1, 2, 1]);
  expect(buckets.at(-1)?.backlog).toBe(1);
});

test('it is found by `default`, and only where there is a mirror', async () => {
  const status = async (of: string, token?: string) =>
    (await api.call('GET', of, undefined, token)).status;
  expect(await status('/v1/projects/shop/mirrors/default/health')).toBe(200);
  expect(await status('/v1/projects/shop/mirrors/2/health')).toBe(404);
  expect(await status(`${path}?period=year`)).toBe(400);
  const stranger = await api.token({ role: 'reader', projects: ['bank'] });
  expect(await status(path, stranger)).toBe(404);
});
