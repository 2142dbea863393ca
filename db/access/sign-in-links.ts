import { sql } from 'kysely';
import type { Actor } from '../../model/access/actor.ts';
import type { Db } from '../connect.ts';
import { generateSecret, hashSecret } from './secret.ts';

/** How long a link can be used, in milliseconds. */
const lifetime = 10 * 60_000;

/**
 * Makes a link that starts one session, of this token or person, within ten minutes. Its code is in
 * the result and nowhere else. Links that are over are removed.
 */
export async function insertSignInLink(
  db: Db,
  { tokenId, personId }: Actor,
): Promise<{ code: string; expiresAt: Date }> {
  await db
    .deleteFrom('signInLinks')
    .where('expiresAt', '<', sql<Date>`now()`)
    .execute();
  const code = generateSecret('gl_');
  const { expiresAt } = await db
    .insertInto('signInLinks')
    .values({
      codeHash: hashSecret(code),
      tokenId,
      personId,
      expiresAt: sql<Date>`now() + ${lifetime} * interval '1 millisecond'`,
    })
    .returning('expiresAt')
    .executeTakeFirstOrThrow();
  return { code, expiresAt };
}

/** Uses up a link: returns whose session it starts, the first time only and while it is valid. */
export async function useSignInLink(db: Db, code: string): Promise<Actor | null> {
  const row = await db
    .updateTable('signInLinks')
    .set({ usedAt: sql<Date>`now()` })
    .where('codeHash', '=', hashSecret(code))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning(['tokenId', 'personId'])
    .executeTakeFirst();
  return row ?? null;
}

/** Removes the links of a person that nobody has used. */
export async function removeLinksOf(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('signInLinks').where('personId', '=', personId).execute();
}
