import type { SpaceKey, SyncSpaceResult } from './contract.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** See `SpaceActivities.syncSpace`. */
export function syncSpace({ db }: ActivityDependencies, key: SpaceKey): Promise<SyncSpaceResult> {
  throw new Error(`Not built yet: ${key.spaceId} ${String(db)}`);
}
