import { sql } from 'kysely';
import type { ProviderLogout, ProviderTokens } from '../../model/access/open-id-connect.ts';
import type { Db } from '../connect.ts';
import type { Sealer } from '../sealing.ts';

/** The parts of a new session that come from a provider. */
export function providerColumns(
  sealer: Sealer,
  sessionId: string,
  { sid, tokens }: { sid: string | null; tokens: ProviderTokens },
) {
  return {
    sid,
    providerTokens: sealTokens(sealer, sessionId, tokens),
    checkedAt: sql<Date>`now()`,
  };
}

/** What the provider gave for a session; `null` if the session is over or is of another kind. */
export async function openProviderTokens(
  db: Db,
  sealer: Sealer,
  sessionId: string,
): Promise<ProviderTokens | null> {
  const row = await db
    .selectFrom('sessions')
    .select('providerTokens')
    .where('id', '=', sessionId)
    .executeTakeFirst();
  if (!row?.providerTokens) return null;
  const text = sealer.open(row.providerTokens, providerTokensContext(sessionId)).toString('utf8');
  return JSON.parse(text) as ProviderTokens;
}

/** When a session is to be checked again, in milliseconds. */
export interface CheckTimes {
  /** After the last answer. */
  due: number;
  /** After a failure. */
  afterFailure: number;
  /** Whoever has been asking for longer than this was lost. */
  longest: number;
}

/**
 * Whether the caller is the one who asks the provider about a session now. Refresh tokens work once,
 * so of many requests at a time only one may ask; it ends with {@link noteChecked},
 * {@link noteCheckFailed} or the end of the session.
 */
export async function claimCheck(
  db: Db,
  sessionId: string,
  { due, afterFailure, longest }: CheckTimes,
): Promise<boolean> {
  const claimed = await db
    .updateTable('sessions')
    .set({ checkStartedAt: sql<Date>`now()` })
    .where('id', '=', sessionId)
    .where(
      sql<boolean>`checked_at < now() - ${due} * interval '1 millisecond'
        AND (check_started_at IS NULL OR check_started_at < now() - ${longest} * interval '1 millisecond')
        AND (check_failed_at IS NULL OR check_failed_at < now() - ${afterFailure} * interval '1 millisecond')`,
    )
    .returning('id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Stores what the provider gave for the next time. */
export async function putProviderTokens(
  db: Db,
  sealer: Sealer,
  sessionId: string,
  tokens: ProviderTokens,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ providerTokens: sealTokens(sealer, sessionId, tokens) })
    .where('id', '=', sessionId)
    .execute();
}

/** Records that the provider said yes. */
export async function noteChecked(db: Db, sessionId: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ checkedAt: sql<Date>`now()`, checkStartedAt: null, checkFailedAt: null })
    .where('id', '=', sessionId)
    .execute();
}

/** Records that the provider did not answer. */
export async function noteCheckFailed(db: Db, sessionId: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ checkStartedAt: null, checkFailedAt: sql<Date>`now()` })
    .where('id', '=', sessionId)
    .execute();
}

/** Lets all sessions of a provider be checked with their next request, because what follows from its claims has changed. */
export async function markChecksDue(db: Db, { due }: Pick<CheckTimes, 'due'>): Promise<void> {
  await db
    .updateTable('sessions')
    .set({
      checkedAt: sql<Date>`least(checked_at, now() - ${due} * interval '1 millisecond')`,
      checkFailedAt: null,
    })
    .where('method', '=', 'open-id-connect')
    .execute();
}

/** Ends all sessions of a provider. */
export async function removeProviderSessions(db: Db): Promise<void> {
  await db.deleteFrom('sessions').where('method', '=', 'open-id-connect').execute();
}

/** How far the provider's clock may be behind, in milliseconds. */
const clockTolerance = 60_000;

/** Ends the sessions that a logout is about: those that began before it. Returns whose they were. */
export async function removeLoggedOut(
  db: Db,
  { issuer, subject, sid, at }: ProviderLogout & { issuer: string },
): Promise<{ id: string; personId: string; name: string }[]> {
  const { rows } = await sql<{ id: string; personId: string; name: string }>`
    DELETE FROM sessions s USING people p
    WHERE s.person_id = p.id AND s.method = 'open-id-connect' AND p.issuer = ${issuer}
      AND s.created_at <= ${new Date(at.getTime() + clockTolerance)}
      AND (${subject}::text IS NULL OR p.subject = ${subject})
      AND (${sid}::text IS NULL OR s.sid = ${sid} OR s.sid IS NULL AND ${subject}::text IS NOT NULL)
    RETURNING s.id, s.person_id AS "personId", p.name`.execute(db);
  return rows;
}

/** What the tokens of a session are sealed for. */
export function providerTokensContext(sessionId: string): string {
  return `session/${sessionId}`;
}

function sealTokens(sealer: Sealer, sessionId: string, tokens: ProviderTokens): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(tokens)), providerTokensContext(sessionId));
}
