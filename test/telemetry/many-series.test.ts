import { beforeAll, expect, test } from 'vitest';
import { readActivity } from '../../db/telemetry/activity.ts';
import { readFigures } from '../../db/telemetry/read-figures.ts';
import { defaultLabelLimits, type LabelLimits } from '../../model/telemetry/label-limits.ts';
import { createMetrics } from '../../telemetry/metrics/create-metrics.ts';
import { insertManyMirrors } from '../support/telemetry/many-mirrors.ts';
import { testDatabase } from '../support/postgres.ts';
import { workOf } from '../support/query-work.ts';
import { linesOf } from './lines-of.ts';

const mirrors = 10_000;
const { db } = await testDatabase();

beforeAll(() => insertManyMirrors(db, { mirrors, batches: 3, days: 28, changes: 1 }));

/** The text of a process that has read the figures and has delivered for each mirror. */
async function scraped(limits: LabelLimits): Promise<string> {
  const metrics = createMetrics({
    version: '1',
    limits,
    readFigures: () => readFigures(db, limits),
    onProblem: (error) => expect.unreachable(String(error)),
    token: null,
    ofNode: false,
    patience: 60_000,
  });
  await metrics.text();
  for (let n = 1; n <= mirrors; n += 1)
    for (const eventType of ['config_changed', 'job_finished', 'mixed', 'none'] as const)
      metrics.meter.delivered({
        branchId: `b${n}`,
        repositoryUrl: `https://git${n % 40}.example/r${n}`,
        commits: [{ eventType, sinceWindow: 1 }],
        changes: [{ eventType, sinceEvent: 31 }],
      });
  return metrics.text();
}

const seriesIn = (text: string) => text.split('\n').filter((line) => /^[a-z]/.test(line)).length;

const valuesOf = (text: string, name: string, label: string) =>
  new Set(linesOf(text, name).map((line) => new RegExp(`${label}="(.*?)"`).exec(line)?.[1]));

test('10,000 mirrors are a few thousand series, and the others are counted together', async () => {
  const text = await scraped(defaultLabelLimits);
  expect(seriesIn(text)).toBeLessThan(4_000);
  for (const [name, label, most] of [
    ['git_sync_enabled_ratio', 'project_id', 51],
    ['git_sync_enabled_ratio', 'plan_tier', 21],
    ['commits_exported_per_week', 'branch_id', 51],
    ['commits_exported_per_week', 'repository_host', 21],
    ['linked_dev_branches_total', 'region', 21],
    ['oldest_waiting_change_seconds', 'branch_id', 51],
    ['secrets_redacted_rate', 'component_id', 51],
    ['commits_exported_total', 'branch_id', 51],
    ['commits_exported_total', 'repository_host', 21],
    ['sync_latency_seconds_count', 'branch_id', 51],
  ] as const) {
    const told = valuesOf(text, name, label);
    expect([name, label, told.size <= most]).toEqual([name, label, true]);
    expect([name, label, told.has('other'), told.size > 2]).toEqual([name, label, true, true]);
  }
  // What a process counts is told apart as what the database says.
  expect([...valuesOf(text, 'commits_exported_total', 'branch_id')].sort()).toEqual(
    [...valuesOf(text, 'commits_exported_per_week', 'branch_id')].sort(),
  );
  // Nothing is lost by that.
  const total = linesOf(text, 'commits_exported_total').map((line) =>
    Number(line.split(' ').at(-1)),
  );
  expect(total.reduce((sum, each) => sum + each, 0)).toBe(4 * mirrors);
});

test('the setting tells more of them apart, or none', async () => {
  const few = await scraped({ projects: 0, branches: 0 });
  expect(seriesIn(few)).toBeLessThan(500);
  expect(valuesOf(few, 'oldest_waiting_change_seconds', 'project_id')).toEqual(new Set(['other']));
  const all = await scraped({ projects: null, branches: null });
  expect(valuesOf(all, 'git_sync_enabled_ratio', 'project_id').size).toBe(mirrors);
  expect(valuesOf(all, 'commits_exported_total', 'branch_id').size).toBe(mirrors);
});

test('all processes tell the same branches apart', async () => {
  const one = await readFigures(db, defaultLabelLimits);
  const other = await readFigures(db, defaultLabelLimits);
  expect(other.activity.topBranches).toEqual(one.activity.topBranches);
  expect(one.activity.topBranches).toHaveLength(50);
});

test('a reading of the week does not read what was delivered before', async () => {
  const { rows } = await workOf(db, (explained) =>
    // An explained query returns no row.
    readActivity(explained, defaultLabelLimits).catch(() => undefined),
  );
  // A quarter of 30,000 batches, and each mirror and project a few times.
  expect(rows).toBeLessThan(50_000);
});
