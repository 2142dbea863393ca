import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { dashboardFiles } from '../../build/dashboards/write-dashboards.ts';
import { registeredMetrics } from '../telemetry/registered-metrics.ts';
import { metricsIn } from './metrics-in.ts';

interface Panel {
  title: string;
  description: string;
  targets: { expr: string }[];
}

const files = await dashboardFiles();
const panels = [...files.values()].flatMap(
  (text) => (JSON.parse(text) as { panels: Panel[] }).panels,
);

test('the stored dashboards are those that the source makes (npm run dashboards writes them)', () => {
  for (const [file, text] of files) expect(readFileSync(file, 'utf8')).toBe(text);
  expect(readdirSync('ops/grafana').sort()).toEqual(
    [...files.keys()].map((file) => basename(file)).sort(),
  );
});

test('they are the four of the requirements, each with an id of its own', () => {
  const heads = [...files.values()].map(
    (text) => JSON.parse(text) as { title: string; uid: string },
  );
  expect(heads.map(({ title }) => title)).toEqual([
    'Gitward: Adoption',
    'Gitward: Latency & Reliability',
    'Gitward: Security',
    'Gitward: AI Consumption',
  ]);
  expect(new Set(heads.map(({ uid }) => uid)).size).toBe(4);
});

test('every metric that a tile names exists, and every metric of the requirements has a tile', () => {
  const known = registeredMetrics().map(({ name }) => name);
  const named = new Set(
    panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr))),
  );
  expect([...named].filter((name) => !known.includes(name))).toEqual([]);
  // One project's ratio is of no use on a page; how many projects there are of each kind is.
  const without = [
    'git_sync_enabled_ratio',
    'gitward_build_info',
    'gitward_database_figures_age_seconds',
  ];
  expect(known.filter((name) => !named.has(name)).sort()).toEqual(without);
});

test('every tile says what it means', () => {
  for (const { title, description, targets } of panels) {
    expect(title).not.toBe('');
    expect(description).toMatch(/\.$/);
    expect(targets.length).toBeGreaterThan(0);
  }
});
