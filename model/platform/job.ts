import type { Json } from '../text/json.ts';

/** A finished run of a job, from which its file is made. Never rewritten once it is known. */
export interface JobRun {
  /** The platform's id of the run; unique within the project. */
  runId: string;
  /** The run that started it, such as an orchestration's; `null` if there is none. */
  parentRunId: string | null;
  componentId: string;
  /** `null` if the job did not run a stored configuration. */
  configId: string | null;
  configVersion: number | null;
  /** The rows that were run; empty if all of them were. */
  rowIds: string[];
  /** `SUCCESS`, `FAILED`, `CANCELLED`, or another of the platform's words (`WARNING`, `TERMINATED`). */
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
  /** SHA-256 of the configuration's state after the run, in hex; `null` if not known. */
  stateDigest: string | null;
  /** Where artifacts are; links only, never their content. */
  artifactLinks: string[];
  /** What else the source says about the run (parameters for this run, metrics). */
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
  /** Empty if the platform does not say. */
  columns: string[];
}

/** The status as it is written in files: the Queue API's `error` becomes `FAILED`, all others are upper-cased. */
export function jobStatus(word: string): string {
  const status = word.toUpperCase();
  return status === 'ERROR' ? 'FAILED' : status;
}

/** Whether a run was not simply successful. `jobs.include: failures` keeps these runs. */
export function isFailure(status: string): boolean {
  return status !== 'SUCCESS';
}

/** Seconds from start to finish, with millisecond precision; `null` if the start is not known. */
export function jobSeconds({ startedAt, finishedAt }: JobRun): number | null {
  if (startedAt === null) return null;
  return Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

/** One run from what the source says and what an event said: the source takes precedence, the event fills gaps. */
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

/** A table that a configuration reads or writes, as its runs have shown. */
export interface ShownTable {
  componentId: string;
  configId: string;
  direction: 'read' | 'write';
  tableId: string;
}
