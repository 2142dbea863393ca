import type { JobRun } from '../model/platform/job.ts';
import type { ObjectName } from '../model/platform/object.ts';
import type { ProjectStorage } from '../model/platform/storage.ts';
import type { TableSample } from '../model/platform/table-sample.ts';

/** A branch as lists name it. */
export interface SourceBranch {
  id: string;
  name: string;
  isDefault: boolean;
}

/** What one reading is bounded by. */
export interface ReadOptions {
  /** Ends the reading; its rejection is the signal's reason. */
  signal: AbortSignal;
}

/** What a reading of jobs is bounded by. */
export interface ReadJobsOptions extends ReadOptions {
  /** Only runs that finished at or after this moment, ISO 8601 in UTC. */
  since: string;
}

/** What of a table is read as its sample. */
export interface ReadSampleOptions extends ReadOptions {
  /** At most 100. */
  rows: number;
  /** Only these columns; all where it is not given. */
  columns?: readonly string[];
}

/** What a source reads that has the same shape on every platform. */
export interface ProjectReads {
  /** Checks that the project can be read, and says which it is. */
  verify(options: ReadOptions): Promise<{ projectId: string; projectName: string }>;
  /** All branches of the project, in the platform's order. */
  listBranches(options: ReadOptions): Promise<SourceBranch[]>;
  /** A branch's buckets and tables alone; `null` where there is no such branch, or nothing of the kind. */
  readStorage(branchId: string, options: ReadOptions): Promise<ProjectStorage | null>;
  /** The first rows of a table; `null` where it is not there any more or has no preview. */
  readSample(
    branchId: string,
    tableId: string,
    options: ReadSampleOptions,
  ): Promise<TableSample | null>;
  /** The branch's finished runs, newest first, a page at a time. */
  listJobs(branchId: string, options: ReadJobsOptions): AsyncIterable<JobRun[]>;
  /** One run; `null` where the platform does not know it or it is not over. */
  readJob(branchId: string, runId: string, options: ReadOptions): Promise<JobRun | null>;
}

/** A branch beside its objects and tables. */
export interface BranchFacts<Details = unknown> {
  branch: SourceBranch;
  /** What else the platform's layout has to know, such as the project's components; only it knows what. */
  details: Details;
}

/**
 * The objects of one reading, in the platform's order. Each is decoded when it is asked for (and again when
 * it is asked for again), so that a large project is never in memory as objects. Throws
 * `StreamFailure('source_invalid')` for one that cannot be understood.
 */
export interface ObjectList<O = unknown> {
  readonly length: number;
  at(index: number): O;
}

/** One branch, read whole. */
export interface BranchReading<O = unknown, Details = unknown> {
  facts: BranchFacts<Details>;
  storage: ProjectStorage | null;
  objects: ObjectList<O>;
}

/** Some objects of a branch as they are now. */
export interface ObjectsReading<O = unknown, Details = unknown> {
  /** Those that are there, in the order in which they were asked for. */
  found: O[];
  /** Those that are not there any more. */
  gone: ObjectName[];
  /** The branch's facts with what these objects need beyond those that were known; the same ones where that is nothing. */
  facts: BranchFacts<Details>;
}

/**
 * Reads a project for a mirror. What an object is, only its platform knows. Every method throws
 * `StreamFailure` with a `source_…` code: the message names the project's address and never its token.
 */
export interface Source<O = unknown, Details = unknown> extends ProjectReads {
  /** One branch as it is now, with everything in it; `null` where there is no such branch. */
  readBranch(branchId: string, options: ReadOptions): Promise<BranchReading<O, Details> | null>;
  /**
   * Some of a branch's objects, at a price that does not grow with the project. `null` where there is no such
   * branch: what is gone with it must not look deleted.
   */
  readObjects(
    branchId: string,
    names: readonly ObjectName[],
    known: BranchFacts<Details>,
    options: ReadOptions,
  ): Promise<ObjectsReading<O, Details> | null>;
}

/** How a project is reached, with its secret: never logged, never stored in clear. */
export interface SourceAddress {
  /** Which platform: see `platforms/index.ts`. */
  kind: string;
  url?: string;
  token?: string;
}

/** Opens the source of a project; `cli/` builds it from the platforms that there are. */
export type OpenSource = (address: SourceAddress, projectId: string) => Source;
