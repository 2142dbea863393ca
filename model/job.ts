import type { Json } from './json.ts';

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
