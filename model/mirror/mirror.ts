import type { AuthorSettings, CommitSettings } from '../streams/commit-style.ts';
import type { NoticeSettings } from '../streams/notice-channel.ts';
import type { AllowedSecrets, SecretsInText } from '../text/secrets-in-text.ts';
import type { SamplesPolicy } from './samples.ts';

/** What a mirror writes and what it leaves out. */
export interface MirrorPolicy {
  /** Encrypted values as they are, or a fixed placeholder. Nothing is ever decrypted. */
  secrets: 'encrypted' | 'omitted';
  /** What happens to secrets in texts, such as code and descriptions. Defaults to `mask`. */
  secretsInText?: SecretsInText;
  /** Which of them may stay; defaults to none. */
  allowedSecrets?: AllowedSecrets;
  samples: SamplesPolicy;
  jobs: JobsPolicy;
  storage: { volatile: boolean };
  /** The branch's folder: the branch's name, as in the CLI, or `main` in every Git branch. */
  branchPath: 'name' | 'main';
  notify: NoticeSettings;
  /** What the host asks of commits, and who the authors are; as usual if it is absent. */
  commits?: CommitSettings & AuthorSettings;
  /** Whether each of our folders has a `.gitattributes` that keeps clones from changing its files; defaults to not. */
  attributes?: boolean;
  /** What happens if others change our files: said once, or put right by a commit of its own. Defaults to `report`. */
  drift?: 'report' | 'restore';
  /** What a Git branch that does not exist begins with: the repository's default branch, or nothing. Defaults to nothing. */
  newBranch?: 'default' | 'empty';
}

/** Which job runs a mirror keeps. Days are UTC days and include today. */
export interface JobsPolicy {
  enabled: boolean;
  /** How many days a run's file is kept; the summary of its day is kept permanently. */
  retainDays: number;
  /** Every run, those that did not end with `SUCCESS`, or each configuration's latest. */
  include: 'all' | 'failures' | 'latest';
  /** How many days back runs are read when the mirror begins; at most `retainDays`. Defaults to 7. */
  backfillDays?: number;
}

/** Where a mirror's commits go. */
export interface MirrorRepository {
  url: string;
  branch: string;
  /** A folder in the repository, without a leading or trailing slash; `''` is its root. */
  subdirectory: string;
  credentialId: string | null;
}
