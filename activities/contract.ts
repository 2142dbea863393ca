import type { HousekeepingActivities } from './housekeeping/contract.ts';
import type { CatchUpActivities, MirrorActivities, VerifyActivities } from './mirror/contract.ts';
import type { OperationActivities, SpaceActivities } from './knowledge/contract.ts';

/** All activities of Gitward's worker. */
export interface Activities
  extends
    MirrorActivities,
    CatchUpActivities,
    VerifyActivities,
    SpaceActivities,
    OperationActivities,
    HousekeepingActivities {}
