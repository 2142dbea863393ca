import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { Sealer } from '../sealing.ts';

/**
 * Opens the original events of these changes, in order. Throws `SealError` if they were sealed
 * under another master key.
 */
export async function openChangeBodies(
  db: Db,
  sealer: Sealer,
  mirror: MirrorKey,
  sequences: readonly number[],
): Promise<Buffer[]> {
  if (sequences.length === 0) return [];
  const rows = await db
    .selectFrom('changeEvents')
    .select('body')
    .where('projectId', '=', mirror.projectId)
    .where('branchId', '=', mirror.branchId)
    .where(sql<boolean>`sequence = ANY (${sequences}::bigint[])`)
    .orderBy('sequence')
    .execute();
  return rows.map(({ body }) => sealer.open(body, changeContext(mirror)));
}

/** What the sealed bodies of a mirror's events belong to. */
export function changeContext({ projectId, branchId }: MirrorKey): string {
  return `change-events/${projectId}/${branchId}`;
}
