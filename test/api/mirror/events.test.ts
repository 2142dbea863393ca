import { describe, expect, test } from 'vitest';
import { openChangeBody } from '../../../db/mirror/change-events.ts';
import { adminToken, apiUnderTest, configChanged, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();

async function sequences(projectId: string): Promise<number[]> {
  const rows = await api.db
    .selectFrom('changeEvents')
    .select('sequence')
    .where('projectId', '=', projectId)
    .orderBy('sequence')
    .execute();
  return rows.map(({ sequence }) => sequence);
}

/** Clears the doorbell, as openBatch does. */
async function hushDoorbell(projectId: string): Promise<void> {
  await api.db
    .updateTable('mirrors')
    .set({ rungAt: null })
    .where('projectId', '=', projectId)
    .execute();
}

describe('events', () => {
  test('are accepted alone or as an array, and each is judged on its own', async () => {
    await withMirror(api, 'each');
    expect(await api.call('POST', '/v1/events', configChanged('each', 'a'))).toMatchObject({
      status: 202,
      body: { accepted: 1, duplicates: 0, rejected: [] },
    });
    const { status, body } = await api.call('POST', '/v1/events', [
      configChanged('each', 'a'),
      configChanged('each', 'b', 0),
      configChanged('each', 'b', 1, { branchId: '77' }),
      'nonsense',
      configChanged('each', 'b', 2),
      configChanged('each', 'b', 2),
    ]);
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 1, duplicates: 2 });
    expect(body.rejected).toMatchObject([
      { index: 1, code: 'invalid_event' },
      { index: 2, code: 'mirror_not_found' },
      { index: 3, code: 'invalid_event' },
    ]);
    expect(await sequences('each')).toEqual([1, 2]);
  });

  test('ring the doorbell once, and again after a batch took the changes', async () => {
    await withMirror(api, 'edge');
    await api.call('POST', '/v1/events', configChanged('edge', 'a', 1));
    await api.call('POST', '/v1/events', configChanged('edge', 'a', 2));
    expect(api.told).toEqual(['doorbell mirror/edge/1']);
    await hushDoorbell('edge');
    await api.call('POST', '/v1/events', configChanged('edge', 'a', 2));
    expect(api.told).toHaveLength(1);
    await api.call('POST', '/v1/events', configChanged('edge', 'a', 3));
    expect(api.told).toHaveLength(2);
  });

  test('are stored and answered with 202 while Temporal is unreachable', async () => {
    await withMirror(api, 'away');
    api.temporal.away = true;
    const { status } = await api.call('POST', '/v1/events', configChanged('away', 'a'));
    api.temporal.away = false;
    expect(status).toBe(202);
    expect(await sequences('away')).toEqual([1]);
  });

  test('that are nested too deep are refused, and nothing is stored', async () => {
    await withMirror(api, 'deep');
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const good = JSON.stringify(configChanged('deep', 'a'));
    const answer = await api.app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      payload: `[${good.slice(0, -1)},"x":${deep}},${good}]`,
    });
    expect(answer.json()).toMatchObject({ status: 400, code: 'malformed_json' });
    expect(await sequences('deep')).toEqual([]);
  });

  test('that are missing altogether are refused, and not answered as if some had been judged', async () => {
    const { status, body } = await api.call('POST', '/v1/events');
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'malformed_json' });
  });

  test('about an ended mirror are rejected', async () => {
    await withMirror(api, 'over');
    await api.call('DELETE', '/v1/projects/over/mirrors/1');
    const { body } = await api.call('POST', '/v1/events', configChanged('over', 'a'));
    expect(body.rejected).toMatchObject([{ index: 0, code: 'mirror_not_found' }]);
  });

  test('about a configuration that was created again are new changes; another time zone makes no difference', async () => {
    await withMirror(api, 'again');
    const times = ['2026-03-01T12:00:00+01:00', '2026-03-01T11:00:00Z', '2026-03-01T11:00:01Z'];
    const { body } = await api.call(
      'POST',
      '/v1/events',
      times.map((committedAt) => configChanged('again', 'a', 1, { committedAt })),
    );
    expect(body).toMatchObject({ accepted: 2, duplicates: 1 });
  });

  test('are stored as they came, sealed, with unknown fields', async () => {
    await withMirror(api, 'kept');
    const event = configChanged('kept', 'a', 1, { mystery: { zażółć: [1, null] } });
    await api.call('POST', '/v1/events', event);
    const row = await api.db
      .selectFrom('changeEvents')
      .select('body')
      .where('projectId', '=', 'kept')
      .executeTakeFirstOrThrow();
    expect(row.body.toString('latin1')).not.toContain('mystery');
    const opened = await openChangeBody(
      api.db,
      api.sealer,
      { projectId: 'kept', branchId: '1' },
      1,
    );
    expect(JSON.parse(opened!.toString())).toEqual(event);
  });

  test('are refused as a whole if there are more than a thousand, or more than 16 MiB', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => configChanged('each', `c${index}`));
    expect((await api.call('POST', '/v1/events', many)).status).toBe(413);
    const long = configChanged('each', 'long', 1, { note: 'x'.repeat(17 * 1024 * 1024) });
    expect((await api.call('POST', '/v1/events', long)).body.code).toBe('body_too_large');
  });

  test('are accepted if there are a thousand of 8 KB each', async () => {
    await withMirror(api, 'thousand');
    const events = Array.from({ length: 1_000 }, (_, index) =>
      configChanged('thousand', `c${index}`, 1, { note: 'x'.repeat(8_000) }),
    );
    const { body } = await api.call('POST', '/v1/events', events);
    expect(body).toEqual({ accepted: 1_000, duplicates: 0, rejected: [] });
    expect(await sequences('thousand')).toEqual(events.map((_, index) => index + 1));
  });
});

test('requests at the same time get dense numbers in commit order, each change once, without a deadlock', async () => {
  const projects = ['p1', 'p2', 'p3'];
  for (const project of projects) await withMirror(api, project);
  // Twelve requests whose changes overlap and whose mirrors come in different orders.
  const requests = Array.from({ length: 12 }, (_, request) => {
    const order = request % 2 === 0 ? projects : [...projects].reverse();
    return Array.from({ length: 30 }, (_, index) =>
      configChanged(order[index % 3]!, `c${request + Math.floor(index / 3)}`),
    );
  });
  const answers = await Promise.all(
    requests.map((events) => api.call('POST', '/v1/events', events)),
  );
  expect(answers.map(({ status }) => status)).toEqual(requests.map(() => 202));
  const distinct = 12 + 9;
  const accepted = answers.reduce((sum, { body }) => sum + Number(body.accepted), 0);
  const duplicates = answers.reduce((sum, { body }) => sum + Number(body.duplicates), 0);
  expect(accepted).toBe(distinct * projects.length);
  expect(accepted + duplicates).toBe(12 * 30);
  for (const project of projects) {
    expect(await sequences(project)).toEqual(Array.from({ length: distinct }, (_, i) => i + 1));
    const mirror = await api.call('GET', `/v1/projects/${project}/mirrors/1`);
    expect(mirror.body).toMatchObject({ lastSequence: distinct, pendingChanges: distinct });
  }
  expect(api.told.filter((what) => what.startsWith('doorbell mirror/p'))).toHaveLength(3);
});
