import type {
  CatchUpActivities,
  MirrorActivities,
  VerifyActivities,
  WatchActivities,
} from './mirror/contract.ts';
import type { HousekeepingActivities } from './housekeeping/contract.ts';
import type { OperationActivities, SpaceActivities } from './knowledge/contract.ts';

/** All activities of Gitward's worker. */
export interface Activities
  extends
    MirrorActivities,
    CatchUpActivities,
    VerifyActivities,
    WatchActivities,
    SpaceActivities,
    OperationActivities,
    HousekeepingActivities {}
