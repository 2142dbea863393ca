import type { RemovedKind } from './run.ts';

/** How long what is settled is kept, in milliseconds; `null`: for ever. What waits is kept whatever its age. */
export interface Retention {
  /** Changes that are in Git, and the batches that brought them there. */
  changes: number | null;
  /** Saves that are settled, their conflicts, reviews and batches. */
  saves: number | null;
  /** The audit log. */
  audit: number | null;
  /** Outages that are over, with the notices of them. */
  outages: number | null;
  /** What happened to each entry, bulk operations that ended, and their items. */
  logs: number | null;
  /** Scores of prompts, and runs of their examples. */
  scores: number | null;
}

/** What each length of time is called in the settings, what it is unless it is set, and the least that it may be. In days. */
export const retentionSettings = {
  changes: { variable: 'GITWARD_KEEP_CHANGES', days: 90, least: 35 },
  saves: { variable: 'GITWARD_KEEP_SAVES', days: 730, least: 90 },
  audit: { variable: 'GITWARD_KEEP_AUDIT', days: 730, least: 35 },
  outages: { variable: 'GITWARD_KEEP_OUTAGES', days: 365, least: 35 },
  logs: { variable: 'GITWARD_KEEP_LOGS', days: 90, least: 7 },
  scores: { variable: 'GITWARD_KEEP_SCORES', days: 730, least: 35 },
} as const satisfies Record<
  keyof Retention,
  {
    variable: string;
    days: number;
    /** Health and metrics tell of 28 days, and hosts deliver a webhook again for weeks. */
    least: number;
  }
>;

/** A day in milliseconds. */
export const day = 24 * 60 * 60 * 1_000;

/** The defaults. */
export const defaultRetention: Retention = {
  changes: retentionSettings.changes.days * day,
  saves: retentionSettings.saves.days * day,
  audit: retentionSettings.audit.days * day,
  outages: retentionSettings.outages.days * day,
  logs: retentionSettings.logs.days * day,
  scores: retentionSettings.scores.days * day,
};

/** How long rows of a kind are kept after they were settled, in milliseconds; `null`: for ever. */
export function keptFor(kind: RemovedKind, retention: Retention): number | null {
  switch (kind) {
    case 'changes':
    case 'mirror_batches':
      return retention.changes;
    case 'saves':
    case 'conflicts':
    case 'reviews':
    case 'space_batches':
      return retention.saves;
    case 'operation_items':
    case 'operations':
    case 'sync_logs':
      return retention.logs;
    case 'outages':
      return retention.outages;
    case 'audit_log':
      return retention.audit;
    case 'prompt_scores':
    case 'prompt_checks':
      return retention.scores;
    // They tell the health of 28 days.
    case 'failed_attempts':
      return 35 * day;
    // Hosts let people send deliveries again that are weeks old.
    case 'webhook_deliveries':
      return 30 * day;
    case 'sessions':
    case 'sign_ins':
    case 'leftovers':
      return day;
  }
}
