import type { SamplesPolicy } from './samples.ts';

/** What a mirror writes and what it leaves out. */
export interface MirrorPolicy {
  /** Encrypted values as they are, or a fixed placeholder. Nothing is ever decrypted. */
  secrets: 'encrypted' | 'omitted';
  samples: SamplesPolicy;
  jobs: JobsPolicy;
  storage: { volatile: boolean };
  /** The branch's folder: its name, as the CLI has it, or `main` in every Git branch. */
  branchPath: 'name' | 'main';
  notify: { emails: string[] };
}

/** What a mirror keeps of job runs. Days are those of UTC, today among them. */
export interface JobsPolicy {
  enabled: boolean;
  /** How long a run's file stays; the summary of its day stays for good. */
  retainDays: number;
  /** Every run; those that did not end with `SUCCESS`; or each configuration's last one. */
  include: 'all' | 'failures' | 'latest';
  /** How far back runs are looked for when the mirror begins; at most `retainDays`. Absent: 7. */
  backfillDays?: number;
}

/** Where a mirror's commits go. */
export interface MirrorRepository {
  url: string;
  branch: string;
  /** A folder inside the repository, without leading or trailing slash; `''` is its root. */
  subdirectory: string;
  credentialId: string | null;
}
