import { heldCodes, type FailureCode } from './errors.ts';
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
  notify: { emails: string[]; slackWebhook: string | null; webhook: string | null };
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

/** The folders that are ours inside a mirror's place. */
export const ownedFolders = ['configs', 'unlinked', 'storage', 'jobs', 'ai'] as const;

/** A mirror's state; of those that apply, the first in this order. */
export type MirrorState =
  | 'ended'
  | 'paused'
  | 'held'
  | 'escalated'
  | 'retrying'
  | 'initializing'
  | 'syncing'
  | 'pending'
  | 'synced';

/** What {@link mirrorState} looks at. */
export interface MirrorFacts {
  ended: boolean;
  paused: boolean;
  /** The open outage that began first, if there is one. */
  outage: { code: FailureCode; escalated: boolean } | null;
  /** Whether a first commit (or the finding that none is needed) has been made. */
  initialized: boolean;
  /** Batches, or a full render, that wait to be sent. */
  undelivered: boolean;
  /** Changes that wait for their window to end. */
  pendingChanges: number;
}

/** The state of a mirror: see {@link MirrorState} for the order. */
export function mirrorState(facts: MirrorFacts): MirrorState {
  if (facts.ended) return 'ended';
  if (facts.paused) return 'paused';
  if (facts.outage) {
    if (heldCodes.has(facts.outage.code)) return 'held';
    return facts.outage.escalated ? 'escalated' : 'retrying';
  }
  if (!facts.initialized) return 'initializing';
  if (facts.undelivered) return 'syncing';
  return facts.pendingChanges > 0 ? 'pending' : 'synced';
}
