import { listRunningOperations } from '../../../db/knowledge/operations.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';

/**
 * Tells the operations that run on a space that a sync of it succeeded or failed, or that it was paused or ended. Never
 * throws: an operation that misses this checks by itself a little later.
 */
export async function tellOperations(
  { db, spaces }: Pick<ActivityDependencies, 'db' | 'spaces'>,
  spaceId: string,
): Promise<void> {
  const ids = await listRunningOperations(db, spaceId).catch(() => []);
  await Promise.allSettled(ids.map((id) => spaces.tellOperation(id)));
}
