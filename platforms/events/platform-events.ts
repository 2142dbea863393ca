import type { TSchema } from 'typebox';
import { BranchChanged, ConfigChanged, JobFinished, StorageChanged } from './event-schema.ts';
import { judgeEvent } from './judge-event.ts';
import type { Judgement } from './judgement.ts';

/** The events with which a platform, or someone on its behalf, announces changes. */
export interface PlatformEvents {
  /** The schema of each event by its `type`, for the API's description. */
  readonly schemas: Readonly<Record<string, TSchema>>;
  /** Validates an event. Never throws. */
  judge(event: unknown, now: Date): Judgement;
}

/**
 * Gitward's own events, for platforms without events of their own: new versions of objects, jobs, tables,
 * branches.
 */
export const usualEvents: PlatformEvents = {
  schemas: {
    config_changed: ConfigChanged,
    job_finished: JobFinished,
    storage_changed: StorageChanged,
    branch_changed: BranchChanged,
  },
  judge: judgeEvent,
};
