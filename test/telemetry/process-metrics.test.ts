import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import type { MeteredDelivery } from '../../model/telemetry/meter.ts';
import { ProcessMetrics } from '../../telemetry/metrics/process-metrics.ts';
import { linesOf } from './lines-of.ts';

function metrics(branches: number | null = 50) {
  const registry = new Registry();
  const meter = new ProcessMetrics(registry, { branches });
  const lines = async (name: string) => linesOf(await registry.metrics(), name);
  return { meter, lines };
}

const delivery = (branchId: string, more: Partial<MeteredDelivery> = {}): MeteredDelivery => ({
  branchId,
  repositoryUrl: 'https://git.example:8443/acme/shop.git',
  commits: [{ eventType: 'config_changed', sinceWindow: 1.5 }],
  changes: [{ eventType: 'config_changed', sinceEvent: 31 }],
  ...more,
});

test('a delivery counts its commits, and the latency of its changes in the buckets of the requirements', async () => {
  const { meter, lines } = metrics();
  meter.delivered(
    delivery('7', {
      changes: [
        { eventType: 'job_finished', sinceEvent: 5 },
        { eventType: 'job_finished', sinceEvent: 121 },
        { eventType: 'job_finished', sinceEvent: 1e9 },
      ],
    }),
  );
  const labels = 'event_type="job_finished",branch_id="7",queue_name="mirrors"';
  expect(await lines('sync_latency_seconds_bucket')).toEqual(
    [
      ['5', 1],
      ['15', 1],
      ['30', 1],
      ['60', 1],
      ['120', 1],
      ['300', 2],
      ['+Inf', 3],
    ].map(([le, count]) => `sync_latency_seconds_bucket{le="${le}",${labels}} ${count}`),
  );
  expect(await lines('commits_exported_total')).toEqual([
    'commits_exported_total{event_type="config_changed",branch_id="7",repository_host="git.example:8443"} 1',
  ]);
  expect(await lines('sync_delivery_seconds_count')).toEqual(['sync_delivery_seconds_count 1']);
});

test('a commit without a window has no time since its close, and a repository in a file no host', async () => {
  const { meter, lines } = metrics();
  const commits = [{ eventType: 'none', sinceWindow: null }] as const;
  meter.delivered(delivery('7', { repositoryUrl: 'file:///srv/git', commits, changes: [] }));
  expect(await lines('sync_delivery_seconds_count')).toEqual(['sync_delivery_seconds_count 0']);
  expect(await lines('commits_exported_total')).toEqual([
    'commits_exported_total{event_type="none",branch_id="7",repository_host="none"} 1',
  ]);
});

test('retries are counted in few ranges, however long an outage lasts', async () => {
  const { meter, lines } = metrics();
  for (let count = 1; count <= 5_000; count += 1)
    meter.retried({ queue: 'mirrors', count, outcome: 'failed' });
  meter.retried({ queue: 'spaces', count: 5_000, outcome: 'succeeded' });
  const of = (range: string) =>
    `retry_attempts_total{queue_name="mirrors",retry_count="${range}",outcome="failed"}`;
  expect(await lines('retry_attempts_total')).toEqual([
    `${of('1')} 1`,
    `${of('2')} 1`,
    `${of('3')} 1`,
    `${of('4-10')} 7`,
    `${of('11-36')} 26`,
    `${of('37+')} 4964`,
    'retry_attempts_total{queue_name="spaces",retry_count="37+",outcome="succeeded"} 1',
  ]);
});

test('branches beyond the limit are counted together; those of the figures take the place of others', async () => {
  const { meter, lines } = metrics(2);
  for (const branch of ['a', 'b', 'c', 'd']) meter.delivered(delivery(branch));
  const branches = async (name = 'commits_exported_total') =>
    [...new Set((await lines(name)).map((line) => /branch_id="(.*?)"/.exec(line)?.[1]))].sort();
  expect(await branches()).toEqual(['a', 'b', 'other']);
  const activity = { topProjects: [], topHosts: [], activeProjects: 0, commits: [] };
  await meter.prefer({ ...activity, topBranches: ['b', 'd'] });
  expect(await branches()).toEqual(['b', 'other']);
  for (const branch of ['a', 'b', 'c', 'd']) meter.delivered(delivery(branch));
  expect(await branches()).toEqual(['b', 'd', 'other']);
  expect(await branches('sync_latency_seconds_bucket')).toEqual(['b', 'd', 'other']);
  expect(
    (await lines('commits_exported_total')).map((line) => line.split(' ').at(-1)).sort(),
  ).toEqual(['1', '2', '4']);
});

test('without a limit all branches are told apart, and with 0 none', async () => {
  for (const [limit, series] of [
    [null, 300],
    [0, 1],
  ] as const) {
    const { meter, lines } = metrics(limit);
    for (let branch = 0; branch < 300; branch += 1) meter.delivered(delivery(String(branch)));
    expect(await lines('commits_exported_total')).toHaveLength(series);
  }
});

test('values of labels cannot add lines, and are of bounded length', async () => {
  const { meter, lines } = metrics();
  meter.delivered(delivery('a"} 1\nup{x="\\'));
  meter.delivered(delivery('x'.repeat(10_000)));
  const [hostile = '', long = '', ...more] = await lines('commits_exported_total');
  expect(more).toEqual([]);
  expect(hostile).toContain('branch_id="a\\"} 1\\nup{x=\\"\\\\"');
  expect(long.length).toBeLessThan(300);
  expect(await lines('up')).toEqual([]);
});

test('what agents will do is there, at 0', async () => {
  const { lines } = metrics();
  expect(await lines('ai_repo_reads_total')).toEqual([
    'ai_repo_reads_total{agent_id="none",project_id="none"} 0',
  ]);
  for (const name of ['ai_actionable_suggestions_created', 'ai_diff_explanations_generated'])
    expect(await lines(name)).toEqual([`${name}{project_id="none"} 0`]);
});
