import type { Json } from '../text/json.ts';

/** A run of a job that is over: what its file is made from. Never rewritten once it is known. */
export interface JobRun {
  /** The platform's id of the run; unique within the project. */
  runId: string;
  /** The run that it was started by, such as an orchestration's; `null` where there is none. */
  parentRunId: string | null;
  componentId: string;
  /** `null` where the job ran no stored configuration. */
  configId: string | null;
  configVersion: number | null;
  /** Rows that were run alone; empty: all of them. */
  rowIds: string[];
  /** `SUCCESS`, `FAILED`, `CANCELLED`, or another word of the platform's (`WARNING`, `TERMINATED`). */
  status: string;
  /** ISO 8601 in UTC. */
  createdAt: string | null;
  startedAt: string | null;
  finishedAt: string;
  /** Who started it, in the source's words (an e-mail or a token's description). */
  author: string | null;
  error: JobError | null;
  inputs: JobTable[];
  outputs: JobTable[];
  /** SHA-256 of the configuration's state after the run, hex; `null` where nobody says. */
  stateDigest: string | null;
  /** Where artifacts are; links only, never their content. */
  artifactLinks: string[];
  /** What else the source says that explains the run (parameters given for this run, metrics). */
  details: Json;
}

/** Why a run failed, in the platform's words: text from outside. */
export interface JobError {
  message: string;
  /** The platform's id of the exception, for its support. */
  exceptionId: string | null;
}

/** A table that a run read or wrote. */
export interface JobTable {
  table: string;
  /** Empty where the platform does not say. */
  columns: string[];
}

/** The status as files have it: the Queue API's `error` is `FAILED`, all others are in upper case. */
export function jobStatus(word: string): string {
  const status = word.toUpperCase();
  return status === 'ERROR' ? 'FAILED' : status;
}

/** Whether a run is no plain success: those that `jobs.include: failures` keeps. */
export function isFailure(status: string): boolean {
  return status !== 'SUCCESS';
}

/** Seconds from start to finish, to milliseconds; `null` where the start is not known. */
export function jobSeconds({ startedAt, finishedAt }: JobRun): number | null {
  if (startedAt === null) return null;
  return Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

/** One run from what the source answers and what an event told: the source's word counts, the event fills gaps. */
export function mergeJobRuns(source: JobRun, event: JobRun): JobRun {
  return {
    ...source,
    parentRunId: source.parentRunId ?? event.parentRunId,
    configId: source.configId ?? event.configId,
    configVersion: source.configVersion ?? event.configVersion,
    createdAt: source.createdAt ?? event.createdAt,
    startedAt: source.startedAt ?? event.startedAt,
    author: source.author ?? event.author,
    error: source.error ?? (isFailure(source.status) ? event.error : null),
    inputs: mergeTables(source.inputs, event.inputs),
    outputs: mergeTables(source.outputs, event.outputs),
    stateDigest: source.stateDigest ?? event.stateDigest,
    artifactLinks: [...new Set([...source.artifactLinks, ...event.artifactLinks])],
  };
}

function mergeTables(source: JobTable[], event: JobTable[]): JobTable[] {
  if (source.length === 0) return event;
  const told = new Map(event.map(({ table, columns }) => [table, columns]));
  return source.map(({ table, columns }) => ({
    table,
    columns: columns.length > 0 ? columns : (told.get(table) ?? []),
  }));
}

/** A table that runs of a configuration showed to be read or written by it. */
export interface ShownTable {
  componentId: string;
  configId: string;
  direction: 'read' | 'write';
  tableId: string;
}
