import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dashboardFiles } from '../../build/dashboards/write-dashboards.ts';
import { TestGitward } from '../support/gitward.ts';
import { hasPrometheus, TestPrometheus } from '../support/telemetry/prometheus.ts';
import { registeredMetrics } from '../telemetry/registered-metrics.ts';
import { linesOf, valueOf } from '../telemetry/lines-of.ts';
import { AcmeSpace } from './acme-space.ts';

const token = 'the-metrics-token-of-this-test';
const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };

let gitward: TestGitward;
let worker = '';

beforeAll(async () => {
  gitward = await TestGitward.start({
    GITWARD_METRICS_TOKEN: token,
  });
  const port = /"port":(\d+),"msg":"The worker's metrics are at/.exec(gitward.output)?.[1];
  worker = `http://127.0.0.1:${port}`;
});
afterAll(() => gitward.stop());

/** What Prometheus gets of both processes. */
async function scrape(): Promise<{ api: string; worker: string }> {
  const read = async (url: string) => {
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  return { api: await read(gitward.url), worker: await read(worker) };
}

it('shows an outage of the Git server, and what became of it, in the metrics of both processes', async () => {
  const { projectId } = gitward.platform;
  await gitward.call('PATCH', `/v1/projects/${projectId}`, { planTier: 'gold', region: 'eu' });
  await gitward.enableMirror();
  await gitward.until('synced');
  await gitward.send([gitward.platform.change(orders, { at: new Date(Date.now() - 20_000) })]);
  await gitward.until(({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0);
  const space = await AcmeSpace.create(gitward);
  await space.save({ tier: 'silver' });

  await gitward.git.goAway();
  await gitward.send([gitward.platform.change(orders)]);
  await gitward.until(({ outage }) => (outage?.attempts ?? 0) >= 3);
  const during = await vi.waitFor(
    async () => {
      const seen = await scrape();
      for (const text of Object.values(seen)) {
        expect(valueOf(text, 'queue_backlog_depth', 'queue_name="mirrors"')).toBe(1);
        expect(valueOf(text, 'export_success_rate', 'window="1h"')).toBeLessThan(1);
      }
      return seen;
    },
    { timeout: 40_000, interval: 1_000 },
  );
  const failed = ['queue_name="mirrors"', 'retry_count="1"', 'outcome="failed"'];
  expect(valueOf(during.worker, 'retry_attempts_total', ...failed)).toBe(1);

  await gitward.git.comeBack();
  await gitward.until(
    ({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0,
    60_000,
  );
  const { items } = await gitward.call<{ items: { id: string }[] }>('GET', '/v1/credentials');
  await gitward.call('PUT', `/v1/credentials/${items[0]?.id}/secret`, {
    token: gitward.git.credential?.password,
  });
  const after = await vi.waitFor(
    async () => {
      const seen = await scrape();
      for (const text of Object.values(seen))
        expect(valueOf(text, 'queue_backlog_depth', 'queue_name="mirrors"')).toBe(0);
      return seen;
    },
    { timeout: 40_000, interval: 1_000 },
  );

  // What the database says is the same from both.
  for (const text of Object.values(after)) {
    const project = [`project_id="${projectId}"`, 'plan_tier="gold"'];
    expect(valueOf(text, 'git_sync_enabled_ratio', ...project)).toBe(1);
    expect(valueOf(text, 'gitward_projects', 'plan_tier="gold"', 'mirrored="true"')).toBe(1);
    expect(valueOf(text, 'weekly_active_synced_projects')).toBe(1);
    expect(valueOf(text, 'commits_exported_per_week', 'event_type="config_changed"')).toBe(2);
    expect(valueOf(text, 'linked_dev_branches_total', 'region="eu"')).toBe(0);
    expect(valueOf(text, 'retry_success_within_3h')).toBe(1);
    expect(valueOf(text, 'samples_export_off_on_public_repo')).toBe(1);
    expect(valueOf(text, 'escalations_open')).toBe(0);
    expect(valueOf(text, 'knowledge_conflicts_open')).toBe(0);
    expect(valueOf(text, 'oldest_waiting_change_seconds', 'project_id="other"')).toBe(0);
    expect(valueOf(text, 'gitward_database_figures_up')).toBe(1);
    expect(valueOf(text, 'gitward_database_figures_age_seconds')).toBeLessThan(20);
    expect(valueOf(text, 'ai_repo_reads_total')).toBe(0);
    expect(valueOf(text, 'nodejs_version_info')).toBe(1);
    for (const { name } of registeredMetrics()) expect(text).toContain(`# TYPE ${name} `);
  }
  // The worker counted its work, and the API its own.
  const branch = 'branch_id="1000"';
  const changed = ['event_type="config_changed"', branch];
  expect(valueOf(after.worker, 'commits_exported_total', ...changed)).toBe(2);
  expect(valueOf(after.worker, 'commits_exported_total', 'event_type="none"', branch)).toBe(1);
  expect(valueOf(after.worker, 'sync_latency_seconds_count', ...changed)).toBe(2);
  expect(valueOf(after.worker, 'sync_latency_seconds_bucket', 'le="15"', ...changed)).toBeLessThan(
    2,
  );
  expect(valueOf(after.worker, 'sync_latency_seconds_sum', ...changed)).toBeGreaterThan(20);
  expect(valueOf(after.worker, 'sync_delivery_seconds_count')).toBe(2);
  expect(valueOf(after.worker, 'knowledge_save_seconds_count')).toBe(1);
  expect(linesOf(after.worker, 'retry_attempts_total').join('\n')).toContain('outcome="succeeded"');
  expect(linesOf(after.api, 'commits_exported_total')).toEqual([]);
  expect(valueOf(after.api, 'credential_rotation_events')).toBe(1);
  expect(valueOf(after.worker, 'credential_rotation_events')).toBe(0);
  // Temporal's own are there, too.
  expect(after.worker).toMatch(
    /^temporal_workflow_completed|^temporal_activity_execution_latency/m,
  );
  expect(after.api).not.toContain('temporal_');
});

it('refuses whoever has no token, at both processes, and keeps it out of the log', async () => {
  for (const url of [gitward.url, worker]) {
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    const wrong = { headers: { authorization: 'Bearer something-else-entirely' } };
    expect((await fetch(`${url}/metrics`, wrong)).status).toBe(401);
  }
  expect(gitward.output).not.toContain(token);
});

it('a port that was chosen and is taken keeps a worker from starting', async () => {
  const { environment } = gitward;
  environment.GITWARD_WORKER_METRICS_PORT = new URL(worker).port;
  const { code, out } = await gitward.command('worker');
  environment.GITWARD_WORKER_METRICS_PORT = '0';
  expect(code).toBe(1);
  expect(out).toContain('(EADDRINUSE). Set GITWARD_WORKER_METRICS_PORT to another port');
});

it.skipIf(!hasPrometheus())(
  'fills every tile of the dashboards, asked from a real Prometheus that reads both processes',
  async () => {
    const prometheus = await TestPrometheus.start([gitward.url, worker], token);
    try {
      const settled = ({ state, pendingChanges }: { state: string; pendingChanges: number }) =>
        state === 'synced' && pendingChanges === 0;
      await vi.waitFor(
        async () => expect(await prometheus.query('sum(up)')).toMatchObject([{ value: 2 }]),
        { timeout: 30_000, interval: 500 },
      );
      // What grew is seen between two readings.
      await sleep(2_500);
      await gitward.git.goAway();
      await gitward.send([gitward.platform.change(orders)]);
      await gitward.until(({ outage }) => (outage?.attempts ?? 0) >= 3);
      await gitward.git.comeBack();
      await gitward.until(settled, 60_000);
      const space = await AcmeSpace.create(gitward);
      await space.save({ tier: 'iron' });
      const tiles = [...(await dashboardFiles()).values()].flatMap(
        (text) => (JSON.parse(text) as { panels: Panel[] }).panels,
      );
      expect(tiles.length).toBeGreaterThan(20);
      for (const { title, targets } of tiles)
        for (const { expr } of targets)
          await vi.waitFor(
            async () => {
              const samples = await prometheus.query(expr.replaceAll('$__rate_interval', '2m'));
              const values = samples
                .map(({ value }) => value)
                .filter((value) => !Number.isNaN(value));
              expect([title, values.length > 0]).toEqual([title, true]);
            },
            { timeout: 30_000, interval: 1_000 },
          );
      const [p95] = await prometheus.query('gitward:sync_latency_seconds:p95_5m');
      expect(p95?.value).toBeGreaterThan(0);
      const [retried] = await prometheus.query('sum(increase(retry_attempts_total[2m]))');
      expect(retried?.value).toBeGreaterThan(0);
      // An outage of seconds alerts nobody about how long it lasted.
      const alerts = await prometheus.query(
        'ALERTS{alertname=~"git_retry_sla_breach|git_mirror_stale"}',
      );
      expect(alerts).toEqual([]);
    } finally {
      await prometheus.stop();
    }
  },
);

interface Panel {
  title: string;
  targets: { expr: string }[];
}
