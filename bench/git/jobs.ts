import { createHash } from 'node:crypto';
import { createBareRepository } from '../../git/bare-repository.ts';
import { plannedCommit } from '../../git/planned-commit.ts';
import type { FileChange, PlannedCommit } from '../../git/types.ts';
import type { JobRun } from '../../model/platform/job.ts';
import { folderOf, jobPath } from '../../platforms/jobs/job-path.ts';
import { renderRun } from '../../platforms/jobs/render-jobs.ts';
import { Place, sizeOf } from '../measuring/place.ts';
import { git, processorTime } from '../measuring/processes.ts';
import { startDeliverer } from '../measuring/servers.ts';
import { figure, median } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption } from '../shape/option.ts';

const firstEnd = Date.parse('2026-01-01T00:00:00.000Z');
/** Windows of one push, of those that are not measured. */
const commitsAPush = 50;
const peer = 'one flat folder';

interface Sizes {
  runs: number;
  window: number;
  days: number;
  singles: number;
}

/** What windows of job runs cost, and what they leave. */
export const jobs = defineBench({
  name: 'jobs',
  measures:
    'Job runs in windows onto a bare repository, with a folder an hour, as Gitward writes them, and with one flat folder (the peer): what the first and the last windows cost (commit, push and read-back), how large the packed repository is, and how large the cache became.',
  options: {
    runs: numberOption('job runs', { default: 100_000, quick: 2_000 }),
    window: numberOption('runs of a window', { default: 50, quick: 50 }),
    days: numberOption('days over which they are spread', { default: 90, quick: 2 }),
    singles: numberOption('windows at each end that are measured, one by one', {
      default: 100,
      quick: 5,
    }),
  },
  async *measure(sizes) {
    const place = await Place.make();
    try {
      // The windows between both ends are delivered in pushes of 50, which give the same commits.
      const flat = await deliverAll(place, 'flat', sizes);
      const hourly = await deliverAll(place, 'hourly', sizes);
      const ends = [
        ['the first windows', (all: readonly number[]) => all.slice(0, all.length / 2)],
        ['the last windows', (all: readonly number[]) => all.slice(all.length / 2)],
      ] as const;
      for (const [name, part] of ends) {
        const peers = (of: readonly number[]) => [{ name: peer, value: median(part(of)) }];
        yield figure(name, 'ms', part(hourly.elapsed), {
          group: 'A delivery',
          peers: peers(flat.elapsed),
        });
        yield figure(name, 'ms', part(hourly.processor), {
          group: 'Its processor time, all processes',
          peers: peers(flat.processor),
        });
      }
      const group = 'On disk';
      yield figure('repository, packed', 'bytes', [hourly.packed], {
        ...{ group, peers: [{ name: peer, value: flat.packed }] },
      });
      yield figure('cache at its largest', 'bytes', [hourly.largestCache], {
        ...{ group, peers: [{ name: peer, value: flat.largestCache }] },
      });
    } finally {
      await place.end();
    }
  },
});

/** What delivering all runs took and left, in milliseconds and bytes; times of the first half of the measured windows, then of the last. */
async function deliverAll(place: Place, layout: 'hourly' | 'flat', sizes: Sizes) {
  const directory = place.path(`${layout}.git`);
  await createBareRepository(directory);
  // Else the receiver packs in the background whenever it likes, also while we measure or pack.
  await git(directory, ['config', 'receive.autogc', 'false']);
  const cacheDirectory = `${layout}-caches`;
  const deliverer = await startDeliverer(place, cacheDirectory);
  const remote = { url: `file://${directory}`, branch: 'main', credential: null };
  const { signal } = new AbortController();
  const counts = new Map<string, number>();
  const elapsed: number[] = [];
  const processor: number[] = [];
  let largestCache = 0;
  const windows = Math.ceil(sizes.runs / sizes.window);
  if (windows < 2)
    throw new Error('--runs must be more than --window: there must be a last window.');
  const singles = Math.min(sizes.singles, Math.floor(windows / 2));
  for (let next = 0; next < windows;) {
    const isMeasured = next < singles || next >= windows - singles;
    const count = isMeasured ? 1 : Math.min(commitsAPush, windows - singles - next);
    const commits = Array.from({ length: count }, (_, index) =>
      commitOf(next + index, layout, sizes, counts),
    );
    const begun = performance.now();
    const before = processorTime();
    await deliverer.deliver(remote, () => Promise.resolve({ kind: 'commits', commits }), {
      signal,
    });
    if (isMeasured) {
      elapsed.push(performance.now() - begun);
      processor.push(processorTime() - before);
    }
    next += count;
    if (!isMeasured || next % 10 === 9)
      largestCache = Math.max(largestCache, sizeOf(place.path(cacheDirectory)));
  }
  largestCache = Math.max(largestCache, sizeOf(place.path(cacheDirectory)));
  await git(directory, ['gc', '--quiet', '--prune=now']);
  return { elapsed, processor, largestCache, packed: sizeOf(directory) };
}

/** The commit of a window. */
function commitOf(
  number: number,
  layout: string,
  { runs, window, days }: Sizes,
  counts: Map<string, number>,
): PlannedCommit {
  const start = number * window;
  const step = (days * 86_400_000) / runs;
  const changes = Array.from({ length: Math.min(window, runs - start) }, (_, index) =>
    fileOf(start + index, step, layout, counts),
  );
  return plannedCommit(
    changes,
    {
      author: { name: 'Bench', email: 'bench@example.com' },
      coAuthors: [],
      authoredAt: new Date(firstEnd + (start + window) * step),
      subject: `${changes.length} jobs finished`,
      body: '',
    },
    {
      stream: 'mirror/bench/main',
      installation: 'bench',
      batches: [`b${number}`],
      through: start,
      reason: 'changes',
    },
  );
}

/** A run's file of about 2 KB, half of which no other run has. */
function fileOf(
  index: number,
  step: number,
  layout: string,
  counts: Map<string, number>,
): FileChange {
  const end = firstEnd + index * step;
  const run: JobRun = {
    runId: String(900_000_000 + index * 7),
    parentRunId: null,
    componentId: `keboola.component-${index % 20}`,
    configId: String(1_000 + (index % 500)),
    configVersion: 1 + (index % 9),
    rowIds: [],
    status: index % 50 === 0 ? 'FAILED' : 'SUCCESS',
    createdAt: new Date(end - 65_000).toISOString(),
    startedAt: new Date(end - 60_000).toISOString(),
    finishedAt: new Date(end).toISOString(),
    author: 'Orchestrator',
    error: index % 50 === 0 ? { message: `No such table: ${index}.`, exceptionId: null } : null,
    inputs: tables('in.c-bench', index),
    outputs: tables('out.c-bench', index),
    stateDigest: digest(index),
    artifactLinks: [`https://files.example.com/${digest(index + 1)}`],
    details: new Map([['trace', Array.from({ length: 4 }, (_, n) => digest(index * 10 + n))]]),
  };
  const path = jobPath(run, { count: (folder) => counts.get(folder) ?? 0 });
  counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  const { content } = renderRun({ run, path }, { branchId: '1', secrets: 'encrypted' }).file;
  return { path: layout === 'flat' ? `jobs/${run.runId}.json` : path, content };
}

function tables(bucket: string, index: number): JobRun['inputs'] {
  return Array.from({ length: 4 }, (_, n) => ({
    table: `${bucket}.table_${(index + n) % 500}`,
    columns: ['id', 'createdAt', 'amount', 'country'],
  }));
}

function digest(index: number): string {
  return createHash('sha256').update(String(index)).digest('hex');
}
