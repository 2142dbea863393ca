import type { PlatformProject } from '../model/project.ts';

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
}

/** How a project is reached, with its secret: never logged, never stored in clear. */
export type SourceAddress =
  { kind: 'keboola'; url: string; token: string } | { kind: 'sample'; projectId: string };

/** Opens the source of a project; `cli/` builds it from the sources that there are. */
export type OpenSource = (address: SourceAddress) => Source;
