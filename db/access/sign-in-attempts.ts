import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { hashSecret } from './secret.ts';

/** How long somebody may take at the provider, in milliseconds. */
export const attemptLifetime = 10 * 60_000;

/** The secrets that recognise an attempt: one in the address that the browser comes back to, one in its cookie. */
export interface AttemptKey {
  state: string;
  browser: string;
}

/** Notes that a browser goes to the provider. Attempts that are over are removed. */
export async function insertSignInAttempt(
  db: Db,
  { state, browser, returnTo }: AttemptKey & { returnTo: string },
): Promise<void> {
  await db
    .deleteFrom('signInAttempts')
    .where('expiresAt', '<', sql<Date>`now()`)
    .execute();
  await db
    .insertInto('signInAttempts')
    .values({
      stateHash: hashSecret(state),
      browserHash: hashSecret(browser),
      returnTo,
      expiresAt: sql<Date>`now() + ${attemptLifetime} * interval '1 millisecond'`,
    })
    .execute();
}

/**
 * Uses up the attempt that a browser comes back from; returns where to go, the first time only, in
 * time, and to the browser that left.
 */
export async function useSignInAttempt(
  db: Db,
  { state, browser }: AttemptKey,
): Promise<{ returnTo: string } | null> {
  const row = await db
    .deleteFrom('signInAttempts')
    .where('stateHash', '=', hashSecret(state))
    .where('browserHash', '=', hashSecret(browser))
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning('returnTo')
    .executeTakeFirst();
  return row ?? null;
}
