import type { Db } from '../connect.ts';

/**
 * Reads the id of this installation: a UUID created by the first migration, which our commits
 * carry.
 */
export async function readInstallationId(db: Db): Promise<string> {
  const { id } = await db.selectFrom('installation').select('id').executeTakeFirstOrThrow();
  return id;
}
