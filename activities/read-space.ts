import type { SpaceKey, SpaceView } from './contract.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** The space as its workflow needs to know it; one that is not there is ended. */
export function readSpace({ db }: ActivityDependencies, key: SpaceKey): Promise<SpaceView> {
  throw new Error(`Not built yet: ${key.spaceId} ${String(db)}`);
}
