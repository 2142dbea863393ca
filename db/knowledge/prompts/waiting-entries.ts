import type { Db } from '../../connect.ts';

/** Whether entries of other kinds than this one have saves that are not in Git yet. */
export async function hasWaitingEntries(
  db: Db,
  spaceId: string,
  exceptKind: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('entries')
    .select('id')
    .where('spaceId', '=', spaceId)
    .where('waiting', '=', true)
    .where('kind', '<>', exceptKind)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
