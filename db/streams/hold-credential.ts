import type { Db } from '../connect.ts';

/**
 * Keeps the credential, if one is named, from being removed until the transaction ends; answers whether it is there.
 * Call it before the row that names it is locked, as who removes a credential does.
 */
export async function holdCredential(db: Db, id: string | null): Promise<boolean> {
  if (id === null) return true;
  const held = await db
    .selectFrom('credentials')
    .select('id')
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return held !== undefined;
}
