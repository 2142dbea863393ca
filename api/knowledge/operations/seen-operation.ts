import type { Db } from '../../../db/connect.ts';
import { findOperation, type Operation } from '../../../db/knowledge/operations.ts';
import { sameActor } from '../../../model/access/actor.ts';
import type { Caller } from '../../access/caller.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** The operation of a space with this id, if the caller started it or may see the whole space; otherwise `null`. */
export async function findSeenOperation(
  db: Db,
  caller: Caller,
  access: SpaceAccess,
  id: string,
): Promise<Operation | null> {
  const row = await findOperation(db, id);
  if (row?.spaceId !== access.row.id) return null;
  return seesAllKinds(access) || sameActor(row, caller) ? row : null;
}

/** Whether the caller may read entries of all kinds, which an operation can mention. */
export function seesAllKinds(access: SpaceAccess): boolean {
  return access.kinds('reader') === null;
}
