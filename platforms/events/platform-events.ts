import type { TSchema } from 'typebox';
import { BranchChanged, ConfigChanged, JobFinished, StorageChanged } from './event-schema.ts';
import { judgeEvent } from './judge-event.ts';
import type { Judgement } from './judgement.ts';

/** The events by which a platform (or somebody for it) tells of changes. */
export interface PlatformEvents {
  /** What each takes, by its `type`, for descriptions. */
  readonly schemas: Readonly<Record<string, TSchema>>;
  /** Judges what came as an event; throws nothing. */
  judge(event: unknown, now: Date): Judgement;
}

/** Gitward's own events, for platforms that have no other way to tell: versions of objects, jobs, tables, branches. */
export const usualEvents: PlatformEvents = {
  schemas: {
    config_changed: ConfigChanged,
    job_finished: JobFinished,
    storage_changed: StorageChanged,
    branch_changed: BranchChanged,
  },
  judge: judgeEvent,
};
