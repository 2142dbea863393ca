import type {
  Component,
  Configuration,
  PlatformBranch,
  PlatformProject,
} from '../../model/platform/project.ts';
import type { ProjectReads, ReadOptions } from '../source.ts';

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

/**
 * Reads a project of configurations. Every method throws `StreamFailure` with a `source_…` code: the message
 * names the project's address and never its token.
 */
export interface ConfigurationSource extends ProjectReads {
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
  /** The components that the platform lists: one call. */
  readComponents(options: ReadOptions): Promise<Component[]>;
}
