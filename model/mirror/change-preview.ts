import type { CommitReason } from '../streams/commit.ts';
import type { RepositoryFindings } from '../streams/repository-findings.ts';
import type { DevelopmentBranches } from './branches.ts';
import type { PreviewRequest } from './preview.ts';
import type { Listed } from '../streams/listed.ts';

/** Settings that a person is thinking of giving to a mirror. None of this is stored. */
export interface ChangeRequest extends PreviewRequest {
  developmentBranches: DevelopmentBranches;
  /** The person allows the mirror to write over what is in a new place. */
  adopt: boolean;
}

/** What a mirror would do if it got other settings. `null` means that it could not be determined. */
export interface ChangePreview {
  /** Why the whole tree would be rendered again; `null` if no file depends on what would change. */
  resync: CommitReason | null;
  /** Whether it would write to another place than before. */
  moves: boolean;
  /** What was found in the repository; also `null` if neither it nor its credential would change. */
  repository: RepositoryFindings | null;
  /** The next commit, if there is one: with the changes that are on their way, and without samples to be read. */
  commit: ChangedFiles | null;
  /** How many tables would be read for their samples, after which files of samples may differ too. */
  sampledTables: number;
  /** Whether files are in the way of a new place, so that `adopt` is needed. */
  adoptionNeeded: boolean | null;
  warnings: Listed<string>;
}

/** The files of a commit, by their paths below the mirror's place. */
export interface ChangedFiles {
  adds: Listed<string>;
  replaces: Listed<string>;
  removes: Listed<string>;
  /** How many of the removed files are of job runs, and of samples. */
  removedRuns: number;
  removedSamples: number;
  /** How many files stay as they are. */
  unchanged: number;
}
