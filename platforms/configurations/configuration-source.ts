import type {
  Component,
  Configuration,
  PlatformBranch,
  PlatformProject,
} from '../../model/platform/project.ts';
import type { SourceFeeds } from '../feeds/source-feeds.ts';
import type { ProjectReads, ReadBranchOptions, ReadOptions } from '../source.ts';

/** How to read a project. */
export interface ReadProjectOptions extends ReadOptions {
  /** Whether to read buckets and tables as well. Defaults to `true`. */
  storage?: boolean;
}

/** A project with one of its branches, read completely. Its configurations are decoded one at a time. */
export interface BranchReading {
  project: Omit<PlatformProject, 'branches'>;
  branch: Omit<PlatformBranch, 'configurations'>;
  configurations: ConfigurationList;
}

/**
 * The configurations from one reading, in API order. Each is decoded whenever it is requested, even
 * repeatedly, so that a large project is never in memory as objects. Throws `StreamFailure('source_invalid')`
 * for a configuration that cannot be understood.
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

/** Some configurations of a branch, as they are now. */
export interface ConfigurationsReading {
  /** The configurations that exist, in the order of the request. */
  found: Configuration[];
  /** The configurations that no longer exist. */
  gone: ConfigurationName[];
}

/**
 * Reads a project that consists of configurations. Every method throws a `StreamFailure` with a `source_…`
 * code, whose message names the project's address but never its token.
 */
export interface ConfigurationSource extends ProjectReads {
  /** Where it can be asked for news, if it can. */
  readonly feeds?: SourceFeeds;
  /** The project as it is now, with these branches and everything in them. */
  readProject(branchIds: readonly string[], options: ReadProjectOptions): Promise<PlatformProject>;
  /** One branch as it is now, with everything in it, or `null` if it does not exist. */
  readBranch(
    branchId: string,
    options: ReadProjectOptions & ReadBranchOptions,
  ): Promise<BranchReading | null>;
  /**
   * Some of a branch's configurations, in two calls each, however large the project is. `null` if the branch
   * does not exist, because its configurations must not look deleted.
   */
  readConfigurations(
    branchId: string,
    names: readonly ConfigurationName[],
    options: ReadOptions,
  ): Promise<ConfigurationsReading | null>;
  /** The components that the platform lists, in one call. */
  readComponents(options: ReadOptions): Promise<Component[]>;
}
