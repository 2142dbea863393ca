import { expect, test } from 'vitest';
import { createApi } from '../../../api/http/create-api.ts';
import { connect } from '../../../db/connect.ts';
import { readFigures } from '../../../db/telemetry/read-figures.ts';
import { defaultLabelLimits } from '../../../model/telemetry/label-limits.ts';
import { createMetrics } from '../../../telemetry/metrics/create-metrics.ts';
import { linesOf, valueOf } from '../../telemetry/lines-of.ts';
import { apiUnderTest, metricsToken, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();

test('the token for metrics and a reader of everything may read them, and nobody else', async () => {
  const mayRead = [
    metricsToken,
    await api.token({ role: 'reader' }),
    await api.token({ role: 'admin' }),
  ];
  for (const token of mayRead) {
    const answer = await api.call('GET', '/metrics', undefined, token);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(valueOf(answer.text, 'gitward_build_info', 'version="0.0.0-test"')).toBe(1);
  }
  const refused = [
    [null, 401, 'Send a token'],
    [`${metricsToken}x`, 401, 'unknown'],
    [await api.token({ role: 'admin', projects: ['shop'] }), 403, 'all projects'],
    [await api.token({ role: 'admin', spaces: [] }), 403, 'all projects'],
  ] as const;
  for (const [token, status, detail] of refused) {
    const answer = await api.call('GET', '/metrics', undefined, token);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(detail)]);
  }
});

test('the token for metrics opens nothing else', async () => {
  for (const url of ['/v1/projects', '/v1/tokens', '/v1/overview'])
    expect((await api.call('GET', url, undefined, metricsToken)).status).toBe(401);
});

test('a collector that prefers OpenMetrics gets the names of the requirements', async () => {
  const answer = await api.app.inject({
    url: '/metrics',
    headers: {
      authorization: `Bearer ${metricsToken}`,
      accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5',
    },
  });
  expect(answer.headers['content-type']).toContain('version=0.0.4');
  expect(linesOf(answer.body, 'credential_rotation_events')).toHaveLength(1);
});

test('a rotated credential is counted once it is stored', async () => {
  const rotations = async () =>
    valueOf(
      (await api.call('GET', '/metrics', undefined, metricsToken)).text,
      'credential_rotation_events',
    );
  const { body: credential } = await api.call('POST', '/v1/credentials', {
    name: 'bot',
    origin: 'https://git.example',
    token: 'first-secret',
  });
  expect(await rotations()).toBe(0);
  const rotate = (id: string, token: string) =>
    api.call('PUT', `/v1/credentials/${id}/secret`, { token });
  expect((await rotate(String(credential.id), 'second-secret')).status).toBe(200);
  expect((await rotate('00000000-0000-4000-8000-000000000000', 'no-such-one')).status).toBe(404);
  expect(await rotations()).toBe(1);
});

test("a project's plan and region are labels, can be changed, and are of bounded length", async () => {
  await withMirror(api, 'shop');
  const read = async () => (await api.call('GET', '/metrics', undefined, metricsToken)).text;
  expect(valueOf(await read(), 'git_sync_enabled_ratio', 'project_id="shop"')).toBe(1);
  expect(valueOf(await read(), 'git_sync_enabled_ratio', 'plan_tier="none"')).toBe(1);
  const changed = await api.call('PATCH', '/v1/projects/shop', {
    planTier: 'gold "1"',
    region: 'eu',
  });
  expect(changed.body).toMatchObject({ planTier: 'gold "1"', region: 'eu' });
  const text = await read();
  expect(valueOf(text, 'git_sync_enabled_ratio', 'plan_tier="gold \\"1\\""')).toBe(1);
  expect(valueOf(text, 'gitward_projects', 'plan_tier="gold \\"1\\""', 'mirrored="true"')).toBe(1);
  expect(valueOf(text, 'linked_dev_branches_total', 'region="eu"')).toBe(0);
  const back = await api.call('PATCH', '/v1/projects/shop', { planTier: null });
  expect(back.body).toMatchObject({ planTier: null, region: 'eu' });
  for (const planTier of ['', 'x'.repeat(41), 'a\nb', 7])
    expect((await api.call('PATCH', '/v1/projects/shop', { planTier })).status).toBe(400);
});

test('without a database, what the process counted can still be read with the token for metrics', async () => {
  const db = connect({ url: 'postgres://gitward@127.0.0.1:1/none', onError: () => undefined });
  const metrics = createMetrics({
    version: '1',
    limits: defaultLabelLimits,
    readFigures: () => readFigures(db, defaultLabelLimits),
    onProblem: () => undefined,
    token: metricsToken,
    ofNode: false,
  });
  const app = createApi({ ...api.deps, db, metrics, meter: metrics.meter });
  metrics.meter.credentialRotated();
  const answer = await app.inject({
    url: '/metrics',
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  expect(answer.statusCode).toBe(200);
  expect(valueOf(answer.body, 'gitward_database_figures_up')).toBe(0);
  expect(linesOf(answer.body, 'gitward_database_figures_age_seconds')).toEqual([
    'gitward_database_figures_age_seconds +Inf',
  ]);
  expect(valueOf(answer.body, 'credential_rotation_events')).toBe(1);
  // Nothing is said about what nobody knows.
  for (const name of ['retry_success_within_3h', 'export_success_rate', 'queue_backlog_depth'])
    expect(linesOf(answer.body, name)).toEqual([]);
  await app.close();
  await db.destroy();
});
