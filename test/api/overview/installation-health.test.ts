import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createApi } from '../../../api/http/create-api.ts';
import { putDisk } from '../../../db/housekeeping/disks.ts';
import type { InstallationHealthView } from '../../../api/overview/installation-health-schema.ts';
import { linesOf, valueOf } from '../../telemetry/lines-of.ts';
import { inserting } from '../../support/telemetry/inserting.ts';
import { adminToken, apiUnderTest, metricsToken } from '../api-under-test.ts';

const api = await apiUnderTest();
const { project, mirror, batch, change, outage, failed } = inserting(api.db);

async function health(): Promise<InstallationHealthView> {
  const { status, body, text } = await api.call('GET', '/v1/installation/health');
  if (status !== 200) throw new Error(text);
  return body as InstallationHealthView;
}

function valuesOf({ sections }: InstallationHealthView): Map<string, number | null> {
  return new Map(
    sections.flatMap(({ figures }) => figures.map(({ title, value }) => [title, value] as const)),
  );
}

const wrongOf = ({ alerts }: InstallationHealthView) =>
  alerts.filter(({ isWrong }) => isWrong).map(({ name }) => name);

beforeEach(async () => {
  await sql`TRUNCATE projects, mirrors, batches, change_events, outages, failed_attempts, notices, visibilities,
    rendered_files, spaces, process_disks CASCADE`.execute(api.db);
  await sql`UPDATE housekeeping SET good_at = now()`.execute(api.db);
});

/** No housekeeping for three days, and a process whose disk is nearly full. */
async function neglected(): Promise<void> {
  await sql`UPDATE housekeeping SET good_at = now() - interval '3 days'`.execute(api.db);
  const disk = { directory: '/data', free: 2 ** 29, size: 2 ** 35, isNearlyFull: true };
  await putDisk(api.db, { process: 'a', host: 'one', ...disk });
}

test('operators and admins who may see everything may read it, and nobody else', async () => {
  const status = async (token: string | null) =>
    (await api.call('GET', '/v1/installation/health', undefined, token)).status;
  expect(await status(adminToken)).toBe(200);
  expect(await status(await api.token({ role: 'operator' }))).toBe(200);
  expect(await status(await api.token({ role: 'reader' }))).toBe(403);
  expect(await status(null)).toBe(401);
  expect(await status(metricsToken)).toBe(401);
  for (const limits of [{ projects: ['shop'], spaces: null }, { spaces: [] }]) {
    const token = await api.token({ role: 'admin', ...limits });
    const { status, body } = await api.call('GET', '/v1/installation/health', undefined, token);
    expect([status, body.code]).toEqual([403, 'role_insufficient']);
    expect(body.detail).toContain('about all projects and spaces');
  }
});

test('of an empty installation, nothing is wrong, and what cannot be told is not a number', async () => {
  const empty = await health();
  expect(wrongOf(empty)).toEqual([]);
  expect(empty.isFresh).toBe(true);
  expect(empty.affected).toEqual({ count: 0, items: [] });
  expect(empty.trend?.days).toHaveLength(28);
  expect(empty.sections.map(({ name }) => name)).toEqual([
    ...['adoption', 'reliability', 'security', 'ai'],
  ]);
  const values = valuesOf(empty);
  for (const title of [
    'Projects with Git sync',
    'Half of the changes arrive within',
    'Half of the deliveries take',
  ])
    expect(values.get(title)).toBeNull();
  const missed = empty.sections.flatMap(({ figures }) =>
    figures.filter(({ isMet }) => isMet === false),
  );
  expect(missed).toEqual([]);
  // Nobody counts these, so there is no number.
  expect(empty.sections.at(-1)?.notKnown.map(({ title }) => title)).toContain(
    'Readings of repositories by agents',
  );
});

/** An installation in which everything that is told happened. */
async function busy(): Promise<void> {
  await project('shop', { planTier: 'gold', region: 'eu' });
  await project('bank', { planTier: 'gold' });
  await project('none');
  await mirror('shop');
  await mirror('shop', 'dev');
  await mirror('bank');
  await batch('mirror/shop/main', { eventType: 'config_changed', redactions: 48 });
  await batch('mirror/shop/dev', { eventType: 'job_finished' });
  await batch('mirror/bank/main', { hours: 100 });
  await failed('mirror/bank/main', 0.5);
  await failed('mirror/bank/main', 5);
  await change('shop', 'main', { delivered: 1, took: 41 });
  await change('bank', 'main', { minutes: 20 });
  await outage('mirror/bank/main', { began: 4, escalated: true });
  await sql`
    INSERT INTO visibilities (stream, repository_url, result, reason, checked_at)
    SELECT 'mirror/shop/main', repository_url, 'public', '', now() FROM mirrors
    WHERE project_id = 'shop' AND branch_id = 'main'`.execute(api.db);
  await sql`
    INSERT INTO rendered_files (stream, path, blob_id, owner)
    VALUES ('mirror/shop/main', 'storage/samples/in/t.csv', 'b', 'o')`.execute(api.db);
}

test('its figures are those of the metrics, read from the same database', async () => {
  await busy();
  const { text } = await api.call('GET', '/metrics', undefined, metricsToken);
  const sum = (name: string, ...labels: string[]) =>
    linesOf(text, name)
      .filter((line) => labels.every((label) => line.includes(label)))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  const most = (name: string) =>
    Math.max(...linesOf(text, name).map((line) => Number(line.slice(line.lastIndexOf(' ') + 1))));
  const values = valuesOf(await health());
  const expected: Record<string, number | undefined> = {
    'Projects with Git sync': sum('gitward_projects', 'mirrored="true"') / sum('gitward_projects'),
    'Active projects': valueOf(text, 'weekly_active_synced_projects'),
    'Commits of the week': sum('commits_exported_per_week'),
    'Development branches': sum('linked_dev_branches_total'),
    'Success of the last hour': valueOf(text, 'export_success_rate', 'window="1h"'),
    'Success of the last day': valueOf(text, 'export_success_rate', 'window="1d"'),
    'Outages over within 3 hours': valueOf(text, 'retry_success_within_3h'),
    'Outages that admins were told of': valueOf(text, 'escalations_open'),
    'Longest queue': most('queue_backlog_depth'),
    Conflicts: valueOf(text, 'knowledge_conflicts_open'),
    Reviews: valueOf(text, 'knowledge_reviews_open'),
    'Public repositories without samples': valueOf(text, 'samples_export_off_on_public_repo'),
    'Secrets left out': sum('secrets_redacted_rate'),
  };
  for (const [title, value] of Object.entries(expected))
    expect([title, values.get(title)]).toEqual([title, value]);
  expect(expected).toMatchObject({
    ...{ 'Projects with Git sync': 2 / 3, 'Active projects': 2, 'Commits of the week': 3 },
    ...{ 'Success of the last hour': 2 / 3, 'Outages that admins were told of': 1 },
    ...{ 'Public repositories without samples': 0, 'Secrets left out': 2, 'Longest queue': 1 },
  });
  // It grows between the two readings.
  const oldest = most('oldest_waiting_change_seconds');
  expect(values.get('Oldest waiting change')).toBeGreaterThanOrEqual(oldest);
  expect(values.get('Oldest waiting change')).toBeLessThan(oldest + 60);
  expect(values.get('95 of 100 changes arrive within')).toBe(41);
});

test('it tells when what is old is not removed, and which disks are nearly full', async () => {
  await neglected();
  const { alerts } = await health();
  expect(
    alerts.filter(({ isWrong }) => isWrong).map(({ name, title, now }) => [name, title, now]),
  ).toEqual([
    [
      'gitward_disk_nearly_full',
      'A disk is nearly full',
      '0.5 GiB of 32 GiB (1.5 %) are free on one where /data is.',
    ],
    ['gitward_housekeeping_late', 'What is old is not removed', 'Housekeeping has not run yet.'],
  ]);
});

test('it tells which alerts there are reasons for, who is affected, and what to do', async () => {
  await busy();
  const { alerts, affected, sections, ...told } = await health();
  expect(wrongOf({ alerts, affected, sections, ...told })).toEqual([
    ...['git_export_success_drop', 'git_retry_sla_breach', 'git_mirror_stale'],
  ]);
  for (const { toDo, affects, runbook, name } of alerts)
    expect([toDo.length > 0, affects !== '', runbook]).toEqual([
      ...[true, true, `docs/runbook.md#${name}`],
    ]);
  expect(alerts.find(({ name }) => name === 'git_export_success_drop')?.now).toBe(
    'In the last hour, 66.6 % of the attempts succeeded (target: 98 %).',
  );
  expect(affected.count).toBe(1);
  expect(affected.items).toMatchObject([
    { id: 'mirror/bank/main', state: 'escalated', waiting: 1, product: 'mirror' },
  ]);
  const missed = sections.flatMap(({ figures }) =>
    figures.filter(({ isMet }) => isMet === false).map(({ title }) => title),
  );
  expect(missed).toEqual([
    'Half of the changes arrive within',
    'Success of the last hour',
    'Outages over within 3 hours',
    'Outages that admins were told of',
    'Oldest waiting change',
    'Public repositories without samples',
  ]);

  await change('shop', 'main', { delivered: 2, took: 121 });
  await sql`
    INSERT INTO change_events (project_id, branch_id, sequence, type, component_id, version_identifier, occurred_at,
      received_at, body)
    SELECT 'shop', 'dev', 1000 + n, 'config_changed', 'ex', 'more' || n, now(), now(), 'x'
    FROM generate_series(1, 201) n`.execute(api.db);
  await neglected();
  expect(wrongOf(await health())).toEqual(alerts.map(({ name }) => name));
});

test('however many look, the database is read as for one, and again when it is time', async () => {
  const app = createApi({ ...api.deps, healthTimings: { every: 60_000 } });
  afterAll(() => app.close());
  const look = async () => {
    const answer = await app.inject({
      url: '/v1/installation/health',
      headers: { authorization: `Bearer ${adminToken}` },
    });
    return answer.json<InstallationHealthView>();
  };
  const seen = await Promise.all(Array.from({ length: 20 }, look));
  expect(new Set(seen.map(({ trend }) => trend?.readAt)).size).toBe(1);
  await project('shop');
  await mirror('shop');
  await outage('mirror/shop/main', { began: 1 });
  // What is read every minute is as it was.
  expect((await look()).affected.count).toBe(0);
  expect((await health()).affected.count).toBe(1);
});

test('past days are read once an hour, and the last two each time', async () => {
  const app = createApi({ ...api.deps, healthTimings: { every: 0 } });
  afterAll(() => app.close());
  const commits = async () => {
    const answer = await app.inject({
      url: '/v1/installation/health',
      headers: { authorization: `Bearer ${adminToken}` },
    });
    const { trend } = answer.json<InstallationHealthView>();
    return trend?.days.map((day) => day.commits);
  };
  const none = Array.from({ length: 28 }, () => 0);
  expect(await commits()).toEqual(none);
  await batch('mirror/shop/main', { hours: 0 });
  await batch('mirror/shop/main', { hours: 24 });
  await batch('mirror/shop/main', { hours: 72 });
  expect(await commits()).toEqual([...none.slice(2), 1, 1]);
});

test('what cannot be read is said: before the first reading by a refusal, later by its age', async () => {
  await api.db.transaction().execute(async (trx) => {
    await sql`LOCK TABLE failed_attempts IN ACCESS EXCLUSIVE MODE`.execute(trx);
    const app = createApi({ ...api.deps, healthTimings: { every: 0, patience: 50 } });
    const answer = await app.inject({
      url: '/v1/installation/health',
      headers: { authorization: `Bearer ${adminToken}` },
    });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'busy']);
    expect(answer.headers['retry-after']).toBe('5');
    await app.close();
  });
  const app = createApi({ ...api.deps, healthTimings: { every: 0, patience: 2_000 } });
  afterAll(() => app.close());
  const look = () =>
    app.inject({
      url: '/v1/installation/health',
      headers: { authorization: `Bearer ${adminToken}` },
    });
  const first = (await look()).json<InstallationHealthView>();
  expect([first.isFresh, first.trend?.isFresh]).toEqual([true, true]);
  await api.db.transaction().execute(async (trx) => {
    await sql`LOCK TABLE failed_attempts IN ACCESS EXCLUSIVE MODE`.execute(trx);
    const later = (await look()).json<InstallationHealthView>();
    expect([later.isFresh, later.trend?.isFresh]).toEqual([false, false]);
    expect(later.readAt).toBe(first.readAt);
    expect(later.alerts).toEqual(first.alerts);
  });
});
