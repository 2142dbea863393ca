import type { JobRun, JobTable } from '../../model/platform/job.ts';

/** A job of the sample's daily flow. */
interface SampleJob {
  componentId: string;
  configId: string;
  /** The start, in minutes after the flow's start, and the duration in minutes. */
  begins: number;
  lasts: number;
  inputs?: string[];
  outputs?: string[];
}

const day = 86_400_000;
const minute = 60_000;
/** When the flow starts every day, in minutes after midnight (UTC). */
const startsAt = 5 * 60;

const flow: SampleJob = {
  componentId: 'keboola.orchestrator',
  configId: '1007',
  begins: 0,
  lasts: 14,
};
const tasks: readonly SampleJob[] = [
  {
    componentId: 'keboola.ex-db-mysql',
    configId: '1001',
    begins: 0,
    lasts: 4,
    outputs: ['in.c-shop.orders', 'in.c-shop.customers'],
  },
  {
    componentId: 'keboola.snowflake-transformation',
    configId: '1003',
    begins: 4,
    lasts: 3,
    inputs: ['in.c-shop.orders'],
    outputs: ['out.c-finance.revenue'],
  },
  {
    componentId: 'keboola.wr-db-mysql',
    configId: '1006',
    begins: 7,
    lasts: 6,
    inputs: ['out.c-finance.revenue'],
  },
];

/**
 * The sample's runs that finished between `since` and `now`, newest first. Its flow runs every morning, and
 * the writer fails on Tuesdays. The runs of a day depend on nothing but the day.
 */
export function sampleJobs(since: Date, now: Date): JobRun[] {
  const runs: JobRun[] = [];
  for (let at = Math.floor(since.getTime() / day) * day; at <= now.getTime(); at += day)
    runs.push(...jobsOfDay(at));
  return runs
    .filter(({ finishedAt }) => {
      const end = Date.parse(finishedAt);
      return end >= since.getTime() && end <= now.getTime();
    })
    .reverse();
}

/** The run with this id, if it finished before `now`. */
export function sampleJob(runId: string, now: Date): JobRun | null {
  const date = /^(\d{4})(\d{2})(\d{2})0(?:\.|$)/.exec(runId);
  if (date === null) return null;
  const at = Date.parse(`${date[1]}-${date[2]}-${date[3]}T00:00:00.000Z`);
  if (Number.isNaN(at)) return null;
  return sampleJobs(new Date(at), now).find((run) => run.runId === runId) ?? null;
}

/** In the order in which they finish. */
function jobsOfDay(at: number): JobRun[] {
  const parent = `${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}0`;
  const fails = new Date(at).getUTCDay() === 2;
  const runs = tasks.map((task, index) =>
    runOf(task, at, {
      runId: `${parent}.${index + 1}`,
      parentRunId: parent,
      error: fails && task.componentId === 'keboola.wr-db-mysql' ? writerFailure : null,
    }),
  );
  const error = fails ? 'Task "Write revenue" failed.' : null;
  runs.push(runOf(flow, at, { runId: parent, parentRunId: null, error }));
  return runs.sort((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1));
}

const writerFailure =
  'Error connecting to DB: Connection to reports-db.example.com:3306 timed out.';

function runOf(
  { componentId, configId, begins, lasts, inputs = [], outputs = [] }: SampleJob,
  at: number,
  { error, ...ids }: { runId: string; parentRunId: string | null; error: string | null },
): JobRun {
  const start = at + (startsAt + begins) * minute;
  return {
    ...ids,
    componentId,
    configId,
    configVersion: 1,
    rowIds: [],
    status: error === null ? 'SUCCESS' : 'FAILED',
    createdAt: new Date(start).toISOString(),
    startedAt: new Date(start).toISOString(),
    finishedAt: new Date(start + lasts * minute).toISOString(),
    author: 'Orchestrator',
    error: error === null ? null : { message: error, exceptionId: null },
    inputs: inputs.map(tableOf),
    outputs: outputs.map(tableOf),
    stateDigest: null,
    artifactLinks: [],
    details: new Map([['mode', 'run']]),
  };
}

function tableOf(table: string): JobTable {
  return { table, columns: [] };
}
