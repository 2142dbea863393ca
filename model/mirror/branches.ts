/** Which new development branches get a mirror automatically, and what their Git branches are called. */
export interface DevelopmentBranches {
  /** Patterns for their names: see `matchesWildcard`. If empty, no branch is linked automatically. */
  link: string[];
  /** A template: `{branch}` is the branch's name (as in folders), `{id}` its id. */
  gitBranch: string;
}

/** No branch is linked automatically. */
export const noDevelopmentBranches: DevelopmentBranches = { link: [], gitBranch: '{branch}' };

/** How a development branch ended in the platform. */
export type BranchEnd = 'merged' | 'deleted';

/** The platform no longer has the mirror's branch: the mirror ends once that is recorded in Git. */
export interface MirrorEnding {
  kind: BranchEnd;
  /** When it happened, ISO 8601 in UTC: as reported by the platform, or else when we noticed. */
  at: string;
  /** Who did it, in the platform's words; `null` if the platform did not say. */
  by: string | null;
}

/** Why a mirror has ended: a person ended it, or its branch no longer exists. */
export type EndedBecause = 'disabled' | BranchEnd;
