import {
  listDaysToSummarise,
  putDay,
  listDays,
  type StoredDay,
} from '../../../db/mirror/job-days.ts';
import { noteListed } from '../../../db/mirror/job-listings.ts';
import {
  countRunsByFolder,
  removeRuns,
  insertRuns,
  findLatestRun,
  listOldRuns,
  listRuns,
  listRunsOfDay,
  type LatestRun,
  type StoredRun,
} from '../../../db/mirror/job-runs.ts';
import {
  removeOldJobTables,
  noteJobTables,
  listJobTables,
  shownTables,
  tableIdentity,
} from '../../../db/mirror/job-tables.ts';
import { mirrorKey } from '../../../db/mirror/mirrors.ts';
import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import {
  isFailure,
  jobSeconds,
  type JobRun,
  type ShownTable,
} from '../../../model/platform/job.ts';
import { jobKey, jobsKey } from '../../../model/platform/object-key.ts';
import type { RenderedFile, ReplacedSecret } from '../../../model/platform/tree.ts';
import { daySummary } from '../../../platforms/jobs/day-summary.ts';
import { folderOf, hourFolder, jobPath } from '../../../platforms/jobs/job-path.ts';
import {
  renderDaySummary,
  renderRun,
  type RenderedJob,
} from '../../../platforms/jobs/render-jobs.ts';
import { collectRuns, type CollectedRuns } from './collect-runs.ts';
import { firstOpenDay, retentionStart } from './job-days.ts';
import type { PartContext, PartOutcome, TreePart } from './tree-part.ts';

const rowsAPage = 500;
/** The most files that are removed at once; the rest follows with the next window. */
const mostOldRuns = 20_000;

const nothing: PartOutcome = {
  files: [],
  removed: [],
  replacedSecrets: [],
  warnings: [],
  tells: () => false,
  keep: () => Promise.resolve(),
};

/**
 * The part `jobs/`: a file for each run that is kept, and a summary for each day that is over. A window costs
 * only as much as is new in it: what is already known is not read again. `replacedSecrets` is complete after
 * iterating over all of `files`.
 */
export const jobsPart: TreePart = async (context) => {
  if (!context.row.policy.jobs.enabled) return nothing;
  const gathered = await collectRuns(context);
  const stream = mirrorStream(mirrorKey(context.row));
  const fresh = await placed(context, stream, gathered.runs);
  const days = await summaries(context, stream, gathered.runs);
  const { retainDays, include } = context.row.policy.jobs;
  const oldest = retentionStart(context.asOf, retainDays);
  const old = await listOldRuns(context.deps.db, stream, oldest, mostOldRuns);
  const latest = include === 'latest' ? await newLatest(context, stream, fresh) : null;
  const jobTables = await tablesAfter(context, stream, gathered.runs, old.length > 0);
  const added = keptOf(include, fresh, latest?.winners ?? new Set());

  const replacedSecrets: ReplacedSecret[] = [];
  const options = { branchId: context.row.branchId, secrets: context.row.policy.secrets };
  const noted = ({ file, replacedSecrets: replaced }: RenderedJob): RenderedFile => {
    replacedSecrets.push(...replaced);
    return file;
  };
  const superseded = latest?.losers ?? [];
  const everything = { context, stream, added, days, oldest, superseded };
  const gone = (run: { runId: string; path: string }) => ({
    path: run.path,
    owner: jobKey(context.row.branchId, run.runId),
  });
  const owners = old.map((run) => gone(run).owner);
  const rendered = await listRenderedFiles(context.deps.db, stream, { owners, kinds: [] });
  return {
    files:
      context.scope === 'everything'
        ? allFiles(everything, noted)
        : [
            ...added.map((run) => noted(renderRun(run, options))),
            ...days.map((day) => noted(renderDaySummary(day, options))),
          ],
    removed: [...old.map(gone).filter(({ path }) => rendered.has(path)), ...superseded.map(gone)],
    replacedSecrets,
    warnings: warningsOf(context, gathered),
    // A window's few runs say nothing about what a catch-up could not read.
    tells: (owner) => owner === jobsKey(context.row.branchId) && gathered.listedAt !== null,
    ...(jobTables === null ? {} : { shown: { jobTables } }),
    async keep(trx) {
      const { sealer } = context.deps;
      await insertRuns(trx, sealer, stream, fresh);
      await noteJobTables(trx, stream, gathered.runs);
      for (const day of days) await putDay(trx, sealer, stream, day);
      await removeRuns(
        trx,
        stream,
        old.map(({ runId }) => runId),
      );
      if (old.length > 0) await removeOldJobTables(trx, stream, oldest);
      if (gathered.listedAt !== null) await noteListed(trx, stream, gathered.listedAt);
    },
  };
};

/** The tables that runs have shown, including these runs and without forgotten ones; `null` if nothing changes. */
async function tablesAfter(
  { deps, row, asOf }: PartContext,
  stream: StreamId,
  runs: readonly JobRun[],
  forgets: boolean,
): Promise<ShownTable[] | null> {
  const found = runs.flatMap(shownTables);
  if (found.length === 0 && !forgets) return null;
  const oldest = retentionStart(asOf, row.policy.jobs.retainDays);
  const before = await listJobTables(deps.db, stream);
  const kept = forgets ? await listJobTables(deps.db, stream, oldest) : before;
  const after = new Map([...kept, ...found].map((table) => [tableIdentity(table), table]));
  const isSame = after.size === before.length && before.every((t) => after.has(tableIdentity(t)));
  return isSame ? null : [...after.values()];
}

/** Gives each new run the permanent path of its file. */
async function placed(
  { deps }: PartContext,
  stream: StreamId,
  runs: readonly JobRun[],
): Promise<StoredRun[]> {
  const hours = new Map(runs.map(({ finishedAt }) => [hourFolder(finishedAt), finishedAt]));
  const counts = await countRunsByFolder(deps.db, stream, [...hours.values()]);
  const folders = { count: (folder: string) => counts.get(folder) ?? 0 };
  return runs.map((run) => {
    const path = jobPath(run, folders);
    counts.set(folderOf(path), folders.count(folderOf(path)) + 1);
    return { run, path };
  });
}

/** The summaries of days that are over and have none yet, or for which a late run was found. */
async function summaries(
  { deps, asOf }: PartContext,
  stream: StreamId,
  fresh: readonly JobRun[],
): Promise<StoredDay[]> {
  const open = firstOpenDay(asOf);
  const ofDay = byDay(fresh);
  const unsummarised = await listDaysToSummarise(deps.db, stream, open);
  const days = new Set([...unsummarised, ...ofDay.keys()].filter((day) => day < open));
  const found: StoredDay[] = [];
  for (const day of [...days].sort()) {
    const known = await listRunsOfDay(deps.db, deps.sealer, stream, day);
    const added = (ofDay.get(day) ?? []).map((run) => ({
      ...run,
      seconds: jobSeconds(run),
      error: run.error?.message ?? null,
    }));
    found.push({ day, summary: daySummary(day, [...known, ...added]) });
  }
  return found;
}

function byDay(runs: readonly JobRun[]): Map<string, JobRun[]> {
  const days = new Map<string, JobRun[]>();
  for (const run of runs) {
    const day = run.finishedAt.slice(0, 10);
    const ofDay = days.get(day);
    if (ofDay === undefined) days.set(day, [run]);
    else ofDay.push(run);
  }
  return days;
}

/** Which of the new runs are now the latest of their configuration, and the runs that no longer are. */
async function newLatest(
  { deps }: PartContext,
  stream: StreamId,
  fresh: readonly StoredRun[],
): Promise<{ winners: Set<StoredRun>; losers: LatestRun[] }> {
  const last = new Map<string, StoredRun>();
  // They are sorted by the time at which they ended.
  for (const stored of fresh)
    last.set(JSON.stringify([stored.run.componentId, stored.run.configId]), stored);
  const winners = new Set<StoredRun>();
  const losers: LatestRun[] = [];
  for (const stored of last.values()) {
    const { runId, finishedAt } = stored.run;
    const before = await findLatestRun(deps.db, stream, stored.run);
    const isLater =
      before === null ||
      finishedAt > before.finishedAt ||
      (finishedAt === before.finishedAt && runId > before.runId);
    if (!isLater) continue;
    winners.add(stored);
    if (before !== null) losers.push(before);
  }
  return { winners, losers };
}

function keptOf(
  include: 'all' | 'failures' | 'latest',
  fresh: readonly StoredRun[],
  latest: ReadonlySet<StoredRun>,
): StoredRun[] {
  if (include === 'all') return [...fresh];
  if (include === 'failures') return fresh.filter(({ run }) => isFailure(run.status));
  return fresh.filter((stored) => latest.has(stored));
}

interface JobsTree {
  context: Pick<PartContext, 'deps' | 'row'>;
  stream: StreamId;
  added: readonly StoredRun[];
  days: readonly StoredDay[];
  oldest: Date;
  /** The files of runs that are no longer the latest of their configuration. */
  superseded: readonly LatestRun[];
}

/** All files of the part, made from the records one page at a time. */
async function* allFiles(
  { context, stream, added, days, oldest, superseded }: JobsTree,
  noted: (rendered: RenderedJob) => RenderedFile,
): AsyncGenerator<RenderedFile> {
  const { deps, row } = context;
  const { secrets, jobs } = row.policy;
  const options = { branchId: row.branchId, secrets };
  const gone = new Set(superseded.map(({ path }) => path));
  for (let after = '', read = rowsAPage; read === rowsAPage;) {
    const page = { include: jobs.include, since: oldest, after, limit: rowsAPage };
    const runs = await listRuns(deps.db, deps.sealer, stream, page);
    for (const stored of runs) if (!gone.has(stored.path)) yield noted(renderRun(stored, options));
    read = runs.length;
    after = runs.at(-1)?.run.runId ?? after;
  }
  for (const stored of added) yield noted(renderRun(stored, options));
  const made = new Set(days.map(({ day }) => day));
  for (let after = '', read = rowsAPage; read === rowsAPage;) {
    const stored = await listDays(deps.db, deps.sealer, stream, { after, limit: rowsAPage });
    for (const day of stored) if (!made.has(day.day)) yield noted(renderDaySummary(day, options));
    read = stored.length;
    after = stored.at(-1)?.day ?? after;
  }
  for (const day of days) yield noted(renderDaySummary(day, options));
}

function warningsOf({ row }: PartContext, { problem }: CollectedRuns): PartOutcome['warnings'] {
  return problem === null ? [] : [{ owner: jobsKey(row.branchId), message: problem }];
}
