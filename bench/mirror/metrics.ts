import type { Db } from '../../db/connect.ts';
import { readActivity } from '../../db/telemetry/activity.ts';
import { readDays } from '../../db/telemetry/days.ts';
import { readDeliveries } from '../../db/telemetry/deliveries.ts';
import { readProjects } from '../../db/telemetry/projects.ts';
import { readFigures } from '../../db/telemetry/read-figures.ts';
import { readRecent } from '../../db/telemetry/recent.ts';
import { readWaiting } from '../../db/telemetry/waiting.ts';
import type { LabelLimits } from '../../model/telemetry/label-limits.ts';
import { lastDays } from '../../model/telemetry/recent-figures.ts';
import { createMetrics } from '../../telemetry/metrics/create-metrics.ts';
import { insertManyMirrors } from '../../test/support/telemetry/many-mirrors.ts';
import { Place } from '../measuring/place.ts';
import { startDatabase } from '../measuring/servers.ts';
import { figure, timedRounds } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption } from '../shape/option.ts';

/** As long as a scrape waits for the database (`docs/metrics.md`). */
const scrapeWaits = 3_000;

/** What metrics cost. */
export const metrics = defineBench({
  name: 'metrics',
  measures:
    'What metrics cost: series, the time of a scrape, and the time of the database for what all processes read.',
  options: {
    mirrors: numberOption('mirrors', { default: 10_000, quick: 200 }),
    batches: numberOption('batches of a mirror', { default: 25, quick: 25 }),
    days: numberOption('days over which they are spread', { default: 28, quick: 28 }),
    changes: numberOption('changes of a batch', { default: 2, quick: 2 }),
    rounds: numberOption('readings', { default: 20, quick: 5 }),
  },
  async *measure({ mirrors, batches, days, changes, rounds }) {
    const place = await Place.make();
    try {
      const { db } = await startDatabase(place);
      await insertManyMirrors(db, { mirrors, batches, days, changes });
      yield* measureDatabase(db, rounds);
      for (const [labels, limits] of [
        ['top:50', { projects: 50, branches: 50 }],
        ['all', { projects: null, branches: null }],
      ] as const)
        yield* measureScrapes(db, { labels, limits, mirrors, rounds });
    } finally {
      await place.end();
    }
  },
});

async function* measureDatabase(db: Db, rounds: number) {
  const limits = { projects: 50, branches: 50 };
  const { topProjects, topBranches } = await readActivity(db, limits);
  const queries: [string, () => Promise<unknown>, target?: number][] = [
    ['the week of commits', () => readActivity(db, limits)],
    ['projects', () => readProjects(db, topProjects)],
    ['deliveries', () => readDeliveries(db, topBranches)],
    ['what waits', () => readWaiting(db, limits)],
    ['all figures, in one transaction', () => readFigures(db, limits), scrapeWaits],
    ['the last day, and who is affected', () => readRecent(db)],
    ['two days', () => readDays(db, lastDays(2, new Date()))],
    ['28 days', () => readDays(db, lastDays(28, new Date()))],
  ];
  for (const [name, query, target] of queries)
    yield figure(name, 'ms', await timedRounds(rounds, query), {
      group: 'Reading the database',
      ...(target !== undefined && { target }),
    });
}

async function* measureScrapes(
  db: Db,
  of: { labels: string; limits: LabelLimits; mirrors: number; rounds: number },
) {
  const { labels, limits, mirrors, rounds } = of;
  const measured = createMetrics({
    version: 'bench',
    limits,
    readFigures: () => readFigures(db, limits),
    onProblem: (error) => console.error(error),
    token: null,
    patience: 60_000,
  });
  await measured.text();
  for (let n = 1; n <= mirrors; n += 1)
    measured.meter.delivered({
      branchId: `b${n}`,
      repositoryUrl: `https://git${n % 40}.example/r${n}`,
      commits: [{ eventType: 'config_changed', sinceWindow: 1 }],
      changes: [{ eventType: 'config_changed', sinceEvent: 31 }],
    });
  const text = await measured.text();
  const series = text.split('\n').filter((line) => /^[a-z]/.test(line)).length;
  const name = `labels ${labels}`;
  yield figure(name, 'count', [series], { group: 'Series of a process' });
  yield figure(name, 'bytes', [text.length], { group: 'A scrape' });
  yield figure(name, 'ms', await timedRounds(rounds, () => measured.text()), {
    ...{ group: 'A scrape between two readings of the database', target: scrapeWaits },
  });
}
