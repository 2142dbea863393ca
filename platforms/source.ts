import type { JobRun } from '../model/platform/job.ts';
import type { ObjectName } from '../model/platform/object.ts';
import type { ProjectStorage } from '../model/platform/storage.ts';
import type { SourceFeeds } from './feeds/source-feeds.ts';
import type { TableSample } from '../model/platform/table-sample.ts';

/** A branch as listed by a source. */
export interface SourceBranch {
  id: string;
  name: string;
  isDefault: boolean;
}

/** What every reading takes. */
export interface ReadOptions {
  /** Aborts the reading, which then rejects with the signal's reason. */
  signal: AbortSignal;
}

/** Reads something once, however often it is asked for, by its name. */
export type ReadOnce = <T>(name: string, read: () => Promise<T>) => Promise<T>;

/** How to read a branch. */
export interface ReadBranchOptions extends ReadOptions {
  /** Reads what all branches of the project have in common, for who reads several of them at a time. */
  once?: ReadOnce;
}

/** Which runs of jobs to read. */
export interface ReadJobsOptions extends ReadOptions {
  /** Read only runs that finished at this time (ISO 8601 in UTC) or later. */
  since: string;
}

/** What to read as the sample of a table. */
export interface ReadSampleOptions extends ReadOptions {
  /** The maximum number of rows, which can be at most 100. */
  rows: number;
  /** Read only these columns. Defaults to all. */
  columns?: readonly string[];
}

/** The readings that work in the same way for every platform. */
export interface ProjectReads {
  /** Checks that the project can be read, and returns its id and name. */
  verify(options: ReadOptions): Promise<{ projectId: string; projectName: string }>;
  /** All branches of the project, in the platform's order. */
  listBranches(options: ReadOptions): Promise<SourceBranch[]>;
  /** Only a branch's buckets and tables. `null` if the branch does not exist or has no storage. */
  readStorage(branchId: string, options: ReadOptions): Promise<ProjectStorage | null>;
  /** The first rows of a table. `null` if the table no longer exists or has no preview. */
  readSample(
    branchId: string,
    tableId: string,
    options: ReadSampleOptions,
  ): Promise<TableSample | null>;
  /** The finished runs of the branch, newest first, one page at a time. */
  listJobs(branchId: string, options: ReadJobsOptions): AsyncIterable<JobRun[]>;
  /** One run. `null` if the platform does not know it or it has not finished. */
  readJob(branchId: string, runId: string, options: ReadOptions): Promise<JobRun | null>;
}

/** What is known of a branch besides its objects and tables. */
export interface BranchFacts<Details = unknown> {
  branch: SourceBranch;
  /**
   * Anything else that the platform's layout needs, such as the project's components. Only the platform knows
   * what it contains.
   */
  details: Details;
}

/**
 * The objects from one reading, in the platform's order. Each is decoded whenever it is requested, even
 * repeatedly, so that a large project is never in memory as objects. Throws `StreamFailure('source_invalid')`
 * for an object that cannot be understood.
 */
export interface ObjectList<O = unknown> {
  readonly length: number;
  at(index: number): O;
}

/** One branch, read completely. */
export interface BranchReading<O = unknown, Details = unknown> {
  facts: BranchFacts<Details>;
  storage: ProjectStorage | null;
  objects: ObjectList<O>;
}

/** Some objects of a branch, as they are now. */
export interface ObjectsReading<O = unknown, Details = unknown> {
  /** The objects that exist, in the order of the request. */
  found: O[];
  /** The objects that no longer exist. */
  gone: ObjectName[];
  /** The known facts of the branch, extended if these objects need more. The same object if not. */
  facts: BranchFacts<Details>;
}

/**
 * Reads a project for a mirror. Only the platform knows what its objects contain. Every method throws a
 * `StreamFailure` with a `source_…` code, whose message names the project's address but never its token.
 */
export interface Source<O = unknown, Details = unknown> extends ProjectReads {
  /** Where it can be asked for news: see `Platform.feeds`. */
  readonly feeds?: SourceFeeds;
  /** One branch as it is now, with everything in it, or `null` if it does not exist. */
  readBranch(
    branchId: string,
    options: ReadBranchOptions,
  ): Promise<BranchReading<O, Details> | null>;
  /**
   * Some of a branch's objects, at a cost that does not grow with the project. `null` if the branch does not
   * exist, because its objects must not look deleted.
   */
  readObjects(
    branchId: string,
    names: readonly ObjectName[],
    known: BranchFacts<Details>,
    options: ReadOptions,
  ): Promise<ObjectsReading<O, Details> | null>;
}

/** How to reach a project. Contains the secret, so it must never be logged or stored in clear text. */
export interface SourceAddress {
  /** The kind of platform: see `platforms/index.ts`. */
  kind: string;
  url?: string;
  token?: string;
}

/** Opens the source of a project. `cli/` creates it from the available platforms. */
export type OpenSource = (address: SourceAddress, projectId: string) => Source;
