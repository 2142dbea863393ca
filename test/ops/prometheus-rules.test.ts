import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertRules } from '../../model/telemetry/health/alerts.ts';
import { targets } from '../../model/telemetry/targets.ts';
import { registeredMetrics } from '../telemetry/registered-metrics.ts';
import { metricsIn } from './metrics-in.ts';

const run = promisify(execFile);
const rulesFile = 'ops/prometheus/rules.yml';

interface Rule {
  record?: string;
  alert?: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

const { groups } = parse(readFileSync(rulesFile, 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const alerts = rules.filter(({ alert }) => alert !== undefined);

const hasPromtool = (() => {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasPromtool)(
  'each alert fires when it should, and just does not when it should not (needs promtool, of the package prometheus)',
  async () => {
    const { stdout } = await run('promtool', ['test', 'rules', 'ops/prometheus/rules.test.yml']);
    expect(stdout).toContain('SUCCESS');
    const cases = readFileSync('ops/prometheus/rules.test.yml', 'utf8');
    for (const { alert } of alerts) {
      expect(cases).toMatch(new RegExp(`name: ${alert} fires`));
      expect(cases).toMatch(new RegExp(`name: ${alert} does not fire`));
    }
  },
);

test('the alerts are those of the requirements, the one that the others need and those of our upkeep, and each says what to do', () => {
  expect(alerts.map(({ alert }) => alert)).toEqual([
    'gitward_figures_missing',
    'git_sync_latency_p95_high',
    'git_export_success_drop',
    'git_queue_backlog_depth',
    'git_retry_sla_breach',
    'git_mirror_stale',
    'gitward_disk_nearly_full',
    'gitward_housekeeping_late',
  ]);
  for (const { alert, for: lasting, labels, annotations } of alerts) {
    expect([lasting, labels?.severity]).toEqual([
      expect.stringMatching(/^\d+m$/),
      expect.stringMatching(/^(warning|critical)$/),
    ]);
    expect(annotations?.summary).toBeTruthy();
    expect(annotations?.description).toBeTruthy();
    expect(annotations?.runbook_url).toBe(`docs/runbook.md#${alert}`);
  }
});

test('the alerts begin at the targets that the page Health shows, and are as severe and patient as it says', () => {
  const conditions = {
    git_sync_latency_p95_high: `gitward:sync_latency_seconds:p95_5m > ${targets.latencyP95}`,
    git_export_success_drop: `gitward:export_success_rate:max{window="1h"} < ${targets.exportSuccess}`,
    git_queue_backlog_depth: `gitward:queue_backlog_depth:max > ${targets.backlog}`,
    git_retry_sla_breach: `gitward:retry_success_within_3h:max < ${targets.outagesInTime} or gitward:escalations_open:max > ${targets.escalations}`,
    git_mirror_stale: `gitward:oldest_waiting_change_seconds:max > ${targets.oldestWaiting}`,
    gitward_disk_nearly_full: 'max by (job, instance) (gitward_disk_nearly_full) == 1',
    gitward_housekeeping_late: `gitward:housekeeping_age_seconds:max > ${targets.housekeepingAge}`,
  };
  // If nobody can read the database, the page cannot be shown either.
  const shown = alerts.filter(({ alert }) => alert !== 'gitward_figures_missing');
  expect(Object.fromEntries(shown.map(({ alert, expr }) => [alert, expr]))).toEqual(conditions);
  expect(
    shown.map(({ alert, labels, for: lasting }) => [alert, labels?.severity, lasting]),
  ).toEqual(alertRules.map(({ name, severity, minutes }) => [name, severity, `${minutes}m`]));
});

const runbook = 'docs/runbook.md';

test.skipIf(!existsSync(runbook))('the runbook has a section for each alert', () => {
  const headings = readFileSync(runbook, 'utf8').match(/^#+ .*$/gm) ?? [];
  const anchors = headings.map((line) =>
    line.replace(/^#+ /, '').toLowerCase().replaceAll('`', '').replaceAll(' ', '-'),
  );
  expect(anchors).toEqual(expect.arrayContaining(alerts.map(({ alert }) => alert)));
});

test('every metric that a rule names exists', () => {
  const recorded = rules.flatMap(({ record }) => record ?? []);
  const known = new Set([...registeredMetrics().map(({ name }) => name), ...recorded]);
  const named = rules.flatMap(({ expr }) => metricsIn(expr));
  expect(named.length).toBeGreaterThan(recorded.length);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('names are found in expressions', () => {
  expect(
    metricsIn(
      'histogram_quantile(0.95, sum by (le, a) (rate(x_seconds_bucket{b="c and d"}[5m]))) > 1 or max(y:z and on (job) up == 1) offset 5m',
    ),
  ).toEqual(['x_seconds', 'y:z', 'up']);
});
