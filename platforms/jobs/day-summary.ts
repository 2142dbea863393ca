import { isFailure } from '../../model/platform/job.ts';
import type { Json, JsonObject } from '../../model/text/json.ts';
import { compareBytes } from '../tree/byte-order.ts';
import { cut, textLines } from '../../model/text/outside-text.ts';

/** The number of failures that a summary lists individually. */
const maxFailures = 1_000;
const maxErrorLine = 300;

/** What a day's summary needs to know about a run. */
export interface SummarisedRun {
  runId: string;
  componentId: string;
  configId: string | null;
  status: string;
  /** ISO 8601 in UTC. */
  finishedAt: string;
  /** From start to finish, or `null` if the start is not known. */
  seconds: number | null;
  /** The platform's error message. `null` for a success, or if the platform gives none. */
  error: string | null;
}

/**
 * The summary of a day (`2026-01-31`, UTC): how many runs had each status, which ones failed and why, and how
 * long the runs of each configuration took. The order of the runs does not matter.
 */
export function daySummary(day: string, runs: readonly SummarisedRun[]): JsonObject {
  const failures = runs.filter(({ status }) => isFailure(status)).sort(compareRuns);
  const named = failures.slice(0, maxFailures);
  return new Map<string, Json>([
    ['day', day],
    ['runs', runs.length],
    ['byStatus', countsByStatus(runs)],
    ['failures', named.map(failure)],
    ...(failures.length > named.length
      ? [['failuresNotListed', failures.length - named.length] satisfies [string, Json]]
      : []),
    ['configurations', byConfiguration(runs)],
  ]);
}

function countsByStatus(runs: readonly SummarisedRun[]): JsonObject {
  const counts = new Map<string, number>();
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => compareBytes(a, b)));
}

function failure({ runId, status, finishedAt, error, ...run }: SummarisedRun): JsonObject {
  const [line] = error === null ? [] : textLines(error);
  return new Map<string, Json>([
    ['runId', runId],
    ['status', status],
    ['finishedAt', finishedAt],
    ...configurationFields(run),
    ...(line === undefined ? [] : [['error', cut(line, maxErrorLine)] satisfies [string, Json]]),
  ]);
}

function byConfiguration(runs: readonly SummarisedRun[]): Json[] {
  const groups = new Map<string, SummarisedRun[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.componentId, run.configId ?? '']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups]
    .sort(([a], [b]) => compareBytes(a, b))
    .flatMap(([, group]) => {
      const [first] = group;
      return first === undefined ? [] : [configuration(first, group)];
    });
}

function configuration(first: SummarisedRun, group: readonly SummarisedRun[]): JsonObject {
  const seconds = group.flatMap((run) => run.seconds ?? []).sort((a, b) => a - b);
  return new Map<string, Json>([
    ...configurationFields(first),
    ['runs', group.length],
    ['failures', group.filter(({ status }) => isFailure(status)).length],
    ...(seconds.length === 0 ? [] : [['seconds', durations(seconds)] satisfies [string, Json]]),
  ]);
}

function configurationFields({
  componentId,
  configId,
}: Pick<SummarisedRun, 'componentId' | 'configId'>): [string, Json][] {
  return [
    ['componentId', componentId],
    ...(configId === null ? [] : [['configurationId', configId] satisfies [string, Json]]),
  ];
}

/** Statistics of sorted durations, of which there must be at least one. */
function durations(sorted: readonly number[]): JsonObject {
  const at = (index: number): number => sorted[index] ?? 0;
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return new Map([
    ['total', rounded(total)],
    ['min', rounded(at(0))],
    ['median', rounded(median)],
    ['max', rounded(at(sorted.length - 1))],
  ]);
}

/** Rounded to milliseconds, because sums of floating-point numbers must not depend on their order. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function compareRuns(a: SummarisedRun, b: SummarisedRun): number {
  return compareBytes(a.finishedAt, b.finishedAt) || compareBytes(a.runId, b.runId);
}
