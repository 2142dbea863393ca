import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { readDays } from '../db/telemetry/days.ts';
import { readRecent } from '../db/telemetry/recent.ts';
import { lastDays } from '../model/telemetry/recent-figures.ts';
import { readActivity } from '../db/telemetry/activity.ts';
import { readDeliveries } from '../db/telemetry/deliveries.ts';
import { readProjects } from '../db/telemetry/projects.ts';
import { readFigures } from '../db/telemetry/read-figures.ts';
import { readWaiting } from '../db/telemetry/waiting.ts';
import { startPostgres } from '../embedded/postgres.ts';
import type { LabelLimits } from '../model/telemetry/label-limits.ts';
import { createMetrics } from '../telemetry/metrics/create-metrics.ts';
import { insertManyMirrors } from '../test/support/telemetry/many-mirrors.ts';

/**
 * What metrics cost: series, the time of a scrape, and the time of the database for what all processes read.
 *
 *     npm run bench:metrics -- --mirrors 10000 --batches 25 --days 28 --changes 2
 */
const { values } = parseArgs({
  options: {
    mirrors: { type: 'string', default: '10000' },
    batches: { type: 'string', default: '25' },
    days: { type: 'string', default: '28' },
    changes: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '20' },
  },
});
const mirrors = Number(values.mirrors);
const rounds = Number(values.rounds);

const place = await mkdtemp(join(tmpdir(), 'bench-metrics-'));
const postgres = await startPostgres({ directory: join(place, 'postgres') });
const db = connect({ url: postgres.url('postgres'), onError: (error) => console.error(error) });
try {
  await migrate(db);
  await insertManyMirrors(db, {
    mirrors,
    batches: Number(values.batches),
    days: Number(values.days),
    changes: Number(values.changes),
  });
  const count = async (table: 'batches' | 'changeEvents') => {
    const { rows } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    return rows.toLocaleString('en');
  };
  console.log(
    `${mirrors.toLocaleString('en')} mirrors, ${await count('batches')} batches and ${await count('changeEvents')} changes of ${values.days} days; ` +
      `${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}; the median and the longest of ${rounds}\n`,
  );
  await measureDatabase();
  console.log('');
  await measureScrapes('top:50', { projects: 50, branches: 50 });
  await measureScrapes('all', { projects: null, branches: null });
} finally {
  await db.destroy();
  await postgres.stop();
  await rm(place, { recursive: true, force: true });
}

async function measureDatabase(): Promise<void> {
  const limits = { projects: 50, branches: 50 };
  const { topProjects, topBranches } = await readActivity(db, limits);
  const queries: [string, () => Promise<unknown>][] = [
    ['the week of commits', () => readActivity(db, limits)],
    ['projects', () => readProjects(db, topProjects)],
    ['deliveries', () => readDeliveries(db, topBranches)],
    ['what waits', () => readWaiting(db, limits)],
    ['all figures, in one transaction', () => readFigures(db, limits)],
    ['the last day, and who is affected', () => readRecent(db)],
    ['two days', () => readDays(db, lastDays(2, new Date()))],
    ['28 days', () => readDays(db, lastDays(28, new Date()))],
  ];
  for (const [name, query] of queries) console.log(`${name.padEnd(34)}${await timed(query)}`);
}

async function measureScrapes(name: string, limits: LabelLimits): Promise<void> {
  const metrics = createMetrics({
    version: 'bench',
    limits,
    readFigures: () => readFigures(db, limits),
    onProblem: (error) => console.error(error),
    token: null,
    patience: 60_000,
  });
  await metrics.text();
  for (let n = 1; n <= mirrors; n += 1)
    metrics.meter.delivered({
      branchId: `b${n}`,
      repositoryUrl: `https://git${n % 40}.example/r${n}`,
      commits: [{ eventType: 'config_changed', sinceWindow: 1 }],
      changes: [{ eventType: 'config_changed', sinceEvent: 31 }],
    });
  const text = await metrics.text();
  const series = text.split('\n').filter((line) => /^[a-z]/.test(line)).length;
  console.log(
    `${name.padEnd(8)}${series.toLocaleString('en')} series, ${Math.ceil(text.length / 1024).toLocaleString('en')} KiB; ` +
      `a scrape between two readings ${await timed(() => metrics.text())}`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  const shown = (time = 0) => `${time.toFixed(1)} ms`;
  return `${shown(times[Math.floor(rounds / 2)]).padStart(10)} ${shown(times.at(-1)).padStart(10)}`;
}
