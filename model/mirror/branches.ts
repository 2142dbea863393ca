/** Which new development branches get a mirror by themselves, and how their Git branches are called. */
export interface DevelopmentBranches {
  /** Patterns of their names: see `matchesWildcard`. None: no branch is linked by itself. */
  link: string[];
  /** With `{branch}` for the branch's name (as in folders) or `{id}` for its id. */
  gitBranch: string;
}

/** No branch is linked by itself. */
export const noDevelopmentBranches: DevelopmentBranches = { link: [], gitBranch: '{branch}' };

/** What became of a development branch in the platform. */
export type BranchEnd = 'merged' | 'deleted';

/** The branch of a mirror is gone: the mirror ends once that is in Git. */
export interface MirrorEnding {
  kind: BranchEnd;
  /** When, ISO 8601 in UTC: as the platform told, else when it was found. */
  at: string;
  /** Who, in the platform's words; `null` where nobody told. */
  by: string | null;
}

/** Why a mirror has ended: a person ended it, or its branch is gone. */
export type EndedBecause = 'disabled' | BranchEnd;
