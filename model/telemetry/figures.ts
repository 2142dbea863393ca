import type { DiskState } from '../housekeeping/disk.ts';
import type { HousekeepingRun } from '../housekeeping/run.ts';
import type { FeedState } from '../mirror/feed.ts';
import type { QueueName } from './queues.ts';

/**
 * What the database says about the whole installation, at one moment. Every process reads the same. Labels are bounded by
 * `LabelLimits`.
 */
export interface DatabaseFigures {
  activity: Activity;
  projects: Projects;
  deliveries: Deliveries;
  waiting: Waiting;
  /** How many feeds of platforms are in each state. */
  feeds: Record<FeedState, number>;
  upkeep: Upkeep;
}

/** What was committed in the last seven days. */
export interface Activity {
  /** The projects, branches and hosts that are told apart, those with the most commits first. */
  topProjects: string[];
  topBranches: string[];
  topHosts: string[];
  /** Projects with a commit. */
  activeProjects: number;
  commits: { eventType: string; branchId: string; repositoryHost: string; commits: number }[];
}

/** Which projects are mirrored. */
export interface Projects {
  /** The share of these projects that have a mirror that is not paused: 0 or 1, except for what is not told apart. */
  mirrored: { projectId: string; planTier: string; ratio: number }[];
  /** How many projects there are of each plan. */
  plans: { planTier: string; mirrored: boolean; projects: number }[];
  /** Mirrors of development branches. */
  linkedBranches: { region: string; branches: number }[];
  /** The share of mirrors with a public repository whose tree has no samples; 1 if there are none. */
  publicWithoutSamples: number;
}

/** How deliveries went. */
export interface Deliveries {
  /** The share of attempts to deliver that succeeded; 1 if there were none. */
  success: { window: string; rate: number }[];
  /** The share of the outages of the last seven days that ended within three hours; 1 if there were none. */
  outagesEndedInTime: number;
  /** Outages that admins were told of and that last. */
  escalationsOpen: number;
  /** Values in plain text that commits left out, per hour of the last day. */
  redactions: { componentId: string; branchId: string; perHour: number }[];
}

/** What waits. */
export interface Waiting {
  queues: { queue: QueueName; depth: number }[];
  /** How long the oldest waiting change of these mirrors has waited, in seconds. */
  oldest: { projectId: string; branchId: string; seconds: number }[];
  conflictsOpen: number;
  reviewsOpen: number;
}

/** How Gitward looks after itself. */
export interface Upkeep {
  /** The last run of housekeeping; `null` before the first one. */
  lastRun: HousekeepingRun | null;
  /** How long ago housekeeping last ended without a failure, in seconds; before the first run, since it could have. */
  sinceGoodRun: number;
  /** The disks of the processes with caches and clones, the fullest first. */
  disks: (Omit<DiskState, 'isAlmostFull'> & { host: string })[];
}
