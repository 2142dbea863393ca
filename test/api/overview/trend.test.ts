import { expect, test } from 'vitest';
import { recordFailure } from '../../../db/streams/outages.ts';
import { apiUnderTest, configChanged, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();
for (const project of ['bank', 'shop', 'quiet']) await withMirror(api, project);
for (const id of ['legal', 'mixed']) {
  const repository = { url: `https://git.example/${id}.git`, branch: 'main' };
  await api.call('POST', '/v1/spaces', { id, name: id, repository });
}

const hour = 3_600_000;

async function fails(stream: string, ago: number): Promise<void> {
  await recordFailure(api.db, {
    ...{ stream, lane: 'repository', code: 'repository_unreachable', message: 'Away.' },
    ...{
      attemptStartedAt: new Date(Date.now() - ago).toISOString(),
      nextAttemptAt: new Date().toISOString(),
    },
  });
}

interface Trend {
  from: string;
  streams: { id: string; commits: number[]; failedAttempts: number[] }[];
}

async function trend(token?: string): Promise<Trend> {
  const { status, body } = await api.call('GET', '/v1/overview/trend', undefined, token);
  expect(status).toBe(200);
  return body as Trend;
}

test('the trend tells each hour of the last day, of those that did anything', async () => {
  expect((await trend()).streams).toEqual([]);
  await fails('mirror/shop/1', 25 * hour);
  await fails('mirror/shop/1', 2 * hour);
  await fails('mirror/shop/1', 2 * hour);
  // A clock that is fast.
  await fails('mirror/bank/1', -hour);
  const { from, streams } = await trend();
  expect(Date.parse(from) % hour).toBe(0);
  expect(streams.map(({ id }) => id)).toEqual(['mirror/bank/1', 'mirror/shop/1']);
  const [bank, shop] = streams;
  const at = (index: number, count: number) =>
    Array.from({ length: 24 }, (_, one) => (one === index ? count : 0));
  expect(bank?.failedAttempts).toEqual(at(23, 1));
  expect(shop?.failedAttempts.reduce((sum, one) => sum + one, 0)).toBe(2);
  expect(shop?.failedAttempts.slice(20, 23).reduce((sum, one) => sum + one, 0)).toBe(2);
  expect(shop?.commits).toEqual(at(-1, 0));
});

test('the trend is of what the caller may see; of a space only if that is everything', async () => {
  for (const stream of ['space/legal', 'space/mixed']) await fails(stream, 0);
  expect((await trend()).streams.map(({ id }) => id)).toContain('space/mixed');
  const reader = await api.token({
    ...{ role: 'reader', projects: ['shop'] },
    spaces: [
      { space: 'legal', kinds: null, role: 'reader' },
      { space: 'mixed', kinds: ['skill'], role: 'reader' },
    ],
  });
  expect((await trend(reader)).streams.map(({ id }) => id)).toEqual([
    ...['mirror/shop/1', 'space/legal'],
  ]);
});

test('the overview tells since when the oldest change waits', async () => {
  const since = async () => {
    const { body } = await api.call('GET', '/v1/overview');
    const items = body.items as { id: string; waitingSince: string | null }[];
    return items.find(({ id }) => id === 'mirror/quiet/1')?.waitingSince;
  };
  expect(await since()).toBeNull();
  for (const config of ['a', 'b', 'c'])
    await api.call('POST', '/v1/events', configChanged('quiet', config));
  const rows = await api.db
    .selectFrom('changeEvents')
    .select('receivedAt')
    .where('projectId', '=', 'quiet')
    .orderBy('sequence')
    .execute();
  expect(await since()).toBe(rows[0]?.receivedAt.toISOString());
  await api.db
    .updateTable('changeEvents')
    .set({ deliveredAt: new Date() })
    .where('configId', '=', 'a')
    .execute();
  expect(await since()).toBe(rows[1]?.receivedAt.toISOString());
});
