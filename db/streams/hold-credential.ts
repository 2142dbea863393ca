import type { Db } from '../connect.ts';

/**
 * Keeps the credential, if there is one, from being removed until the transaction ends. Returns
 * whether it exists. Call it before locking the row that refers to it, in the same order as when a
 * credential is removed.
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
