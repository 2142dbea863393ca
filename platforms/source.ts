import type { JobRun } from '../model/platform/job.ts';
import type {
  Component,
  Configuration,
  PlatformBranch,
  PlatformProject,
} from '../model/platform/project.ts';
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

/** What one reading of a project is bounded by, and takes along. */
export interface ReadProjectOptions extends ReadOptions {
  /** Buckets and tables as well; they are read unless this is `false`. */
  storage?: boolean;
}

/** A project with one of its branches, read whole; its configurations are decoded one at a time. */
export interface BranchReading {
  project: Omit<PlatformProject, 'branches'>;
  branch: Omit<PlatformBranch, 'configurations'>;
  configurations: ConfigurationList;
}

/**
 * The configurations of one reading, in API order. Each is decoded when it is asked for (and again when
 * it is asked for again), so that a large project is never in memory as objects. Throws
 * `StreamFailure('source_invalid')` for one that cannot be understood.
 */
export interface ConfigurationList {
  readonly length: number;
  at(index: number): Configuration;
}

/** Names a configuration within its branch. */
export interface ConfigurationName {
  componentId: string;
  configId: string;
}

/** Some configurations of a branch as they are now. */
export interface ConfigurationsReading {
  /** Those that are there, in the order in which they were asked for. */
  found: Configuration[];
  /** Those that are not there any more. */
  gone: ConfigurationName[];
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

/**
 * Reads a platform project. Every method throws `StreamFailure` with a `source_…` code: the message
 * names the project's address and never its token.
 */
export interface Source {
  /** Checks that the project can be read, and says which it is. */
  verify(options: ReadOptions): Promise<{ projectId: string; projectName: string }>;
  /** All branches of the project, in the platform's order. */
  listBranches(options: ReadOptions): Promise<SourceBranch[]>;
  /** The project with these branches and everything in them, as it is now. */
  readProject(branchIds: readonly string[], options: ReadProjectOptions): Promise<PlatformProject>;
  /** One branch as it is now, with everything in it; `null` where there is no such branch. */
  readBranch(branchId: string, options: ReadProjectOptions): Promise<BranchReading | null>;
  /**
   * Some of a branch's configurations: two calls each, whatever the project's size. `null` where there is
   * no such branch: what is gone with it must not look deleted.
   */
  readConfigurations(
    branchId: string,
    names: readonly ConfigurationName[],
    options: ReadOptions,
  ): Promise<ConfigurationsReading | null>;
  /** A branch's buckets and tables alone. */
  readStorage(branchId: string, options: ReadOptions): Promise<PlatformBranch['storage']>;
  /** The components that the platform lists: one call. */
  readComponents(options: ReadOptions): Promise<Component[]>;
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

/** How a project is reached, with its secret: never logged, never stored in clear. */
export type SourceAddress =
  { kind: 'keboola'; url: string; token: string } | { kind: 'sample'; projectId: string };

/** Opens the source of a project; `cli/` builds it from the sources that there are. */
export type OpenSource = (address: SourceAddress) => Source;
