import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createBareRepository } from '../git/bare-repository.ts';
import { createGitDeliverer } from '../git/deliver/deliverer.ts';
import { plannedCommit } from '../git/planned-commit.ts';
import type { FileChange, PlannedCommit } from '../git/types.ts';
import type { JobRun } from '../model/platform/job.ts';
import { createAddressPolicy } from '../network/address-policy.ts';
import { folderOf, jobPath } from '../platforms/jobs/job-path.ts';
import { renderRun } from '../platforms/jobs/render-jobs.ts';

/**
 * Job runs in windows of 50 through the git room onto a bare repository: what a commit costs at the start
 * and at the end, how large the packed repository is, and how large the cache became; with a folder an
 * hour, as Gitward writes them, and with one flat folder (the peer). The windows at both ends are
 * delivered one by one and measured; those between in pushes of 50, which give the same commits.
 *
 *     npm run bench:jobs -- --runs 100000 --window 50 --days 90 --singles 100 --layout date,flat
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    window: { type: 'string', default: '50' },
    days: { type: 'string', default: '90' },
    singles: { type: 'string', default: '100' },
    layout: { type: 'string', default: 'date,flat' },
  },
});
const runs = Number(values.runs);
const window = Number(values.window);
const step = (Number(values.days) * 86_400_000) / runs;
const firstEnd = Date.parse('2026-01-01T00:00:00.000Z');
/** Windows of one push, of those that are not measured. */
const commitsAPush = 50;
const { signal } = new AbortController();

const place = await mkdtemp(join(tmpdir(), 'bench-jobs-'));
try {
  console.log(
    `${runs} runs in windows of ${window}, over ${values.days} days; a delivery is commit, push and read-back.\n`,
  );
  for (const layout of values.layout.split(',')) await measure(layout);
} finally {
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

async function measure(layout: string): Promise<void> {
  const directory = join(place, `${layout}.git`);
  await createBareRepository(directory);
  // Else the receiver packs in the background whenever it likes, also while we measure or pack.
  execFileSync('git', ['config', 'receive.autogc', 'false'], { cwd: directory });
  const cacheDirectory = join(place, `${layout}-caches`);
  const deliverer = await createGitDeliverer({
    cacheDirectory,
    policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true }),
  });
  const remote = { url: `file://${directory}`, branch: 'main', credential: null };
  const counts = new Map<string, number>();
  const elapsed: number[] = [];
  const processor: number[] = [];
  let largestCache = 0;
  const windows = Math.ceil(runs / window);
  const singles = Math.min(Number(values.singles), Math.floor(windows / 2));
  for (let next = 0; next < windows;) {
    const isMeasured = next < singles || next >= windows - singles;
    const count = isMeasured ? 1 : Math.min(commitsAPush, windows - singles - next);
    const commits = Array.from({ length: count }, (_, index) =>
      commitOf(next + index, layout, counts),
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
      largestCache = Math.max(largestCache, sizeOf(cacheDirectory));
  }
  await deliverer.close();
  execFileSync('git', ['gc', '--quiet', '--prune=now'], { cwd: directory });
  const figures = (numbers: number[]) =>
    `${median(numbers.slice(0, singles)).toFixed(0)} → ${median(numbers.slice(-singles)).toFixed(0)} ms`;
  console.log(`${layout}:
  time of a delivery, first and last ${singles} ${figures(elapsed)}
  its processor time, all processes         ${figures(processor)}
  repository, packed                        ${megabytes(sizeOf(directory))}
  cache at its largest                      ${megabytes(largestCache)}
`);
}

/** The commit of a window. */
function commitOf(number: number, layout: string, counts: Map<string, number>): PlannedCommit {
  const start = number * window;
  const changes = Array.from({ length: Math.min(window, runs - start) }, (_, index) =>
    fileOf(start + index, layout, counts),
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
function fileOf(index: number, layout: string, counts: Map<string, number>): FileChange {
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

/** Milliseconds of processor time of this process and all children that ended, by Linux's clock of 10 ms. */
function processorTime(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

function sizeOf(directory: string): number {
  return Number(execFileSync('du', ['-sk', directory]).toString().split('\t')[0]) * 1024;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
