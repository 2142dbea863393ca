import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Actor } from '../../model/access/actor.ts';
import type { SessionLimits, SignInMethod } from '../../model/access/sign-in.ts';
import type { ProviderTokens } from '../../model/access/open-id-connect.ts';
import type { Db } from '../connect.ts';
import type { SessionsTable } from '../schema/access.ts';
import { storableText } from '../storable.ts';
import type { Sealer } from '../sealing.ts';
import { providerColumns } from './provider-sessions.ts';
import { generateSecret, hashSecret } from './secret.ts';

/** A session without its hash and what the provider gave for it. */
export type Session = Omit<Selectable<SessionsTable>, 'secretHash' | 'providerTokens'>;

/** A session to start. */
export interface NewSession {
  /** Whose it is: a token or a person. */
  of: Actor;
  method: SignInMethod;
  userAgent: string | null;
  address: string | null;
  expiresAt: Date;
  /** What a provider said, if that is how somebody signed in. */
  provider: { sid: string | null; tokens: ProviderTokens } | null;
}

const columns = [
  'id',
  'tokenId',
  'personId',
  'method',
  'userAgent',
  'address',
  'createdAt',
  'lastUsedAt',
  'expiresAt',
  'sid',
  'checkedAt',
  'checkStartedAt',
  'checkFailedAt',
] as const;

/** Starts a session. Its secret is in the result and nowhere else. */
export async function insertSession(
  db: Db,
  sealer: Sealer,
  { of, userAgent, provider, ...session }: NewSession,
): Promise<{ row: Session; secret: string }> {
  const secret = generateSecret('gs_');
  const id = randomUUID();
  const row = await db
    .insertInto('sessions')
    .values({
      id,
      secretHash: hashSecret(secret),
      tokenId: of.tokenId,
      personId: of.personId,
      userAgent: userAgent === null ? null : storableText(userAgent).slice(0, 300),
      ...session,
      ...(provider === null ? {} : providerColumns(sealer, id, provider)),
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return { row, secret };
}

/** The session with this secret, unless it has reached a limit. */
export async function findSessionBySecret(
  db: Db,
  secret: string,
  { idle }: Pick<SessionLimits, 'idle'>,
): Promise<Session | null> {
  const row = await db
    .selectFrom('sessions')
    .select(columns)
    .where('secretHash', '=', hashSecret(secret))
    .where(isLive(idle))
    .executeTakeFirst();
  return row ?? null;
}

/** The session with this id, unless it has reached a limit. */
export async function findSession(
  db: Db,
  id: string,
  { idle }: Pick<SessionLimits, 'idle'>,
): Promise<Session | null> {
  const row = await db
    .selectFrom('sessions')
    .select(columns)
    .where('id', '=', id)
    .where(isLive(idle))
    .executeTakeFirst();
  return row ?? null;
}

/** Records that a session was used, at most once a minute. */
export async function noteSessionUsed(db: Db, { id, lastUsedAt }: Session): Promise<void> {
  if (Date.now() - lastUsedAt.getTime() < 60_000) return;
  await db
    .updateTable('sessions')
    .set({ lastUsedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

/** A session, and whose it is. */
export interface ListedSession extends Session {
  kind: 'person' | 'machine';
  name: string;
  email: string | null;
}

/** Lists sessions that are not over by id, starting after `after`: all, or those of one token or person. */
export async function listSessions(
  db: Db,
  {
    of,
    idle,
    after,
    limit,
  }: { of: Actor | null; idle: number; after: string | null; limit: number },
): Promise<ListedSession[]> {
  let query = db
    .selectFrom('sessions as s')
    .leftJoin('tokens as t', 't.id', 's.tokenId')
    .leftJoin('people as p', 'p.id', 's.personId')
    .select(columns.map((column) => `s.${column}` as const))
    .select([
      sql<'person' | 'machine'>`coalesce(t.kind, 'person')`.as('kind'),
      sql<string>`coalesce(p.name, t.name)`.as('name'),
      sql<string | null>`coalesce(p.email, t.email)`.as('email'),
    ])
    .where(isLive(idle, 's'))
    .where(
      sql<boolean>`(t.id IS NULL OR t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()))`,
    )
    .orderBy('s.id')
    .limit(limit);
  if (of !== null)
    query = query
      .where('s.tokenId', 'is not distinct from', of.tokenId)
      .where('s.personId', 'is not distinct from', of.personId);
  if (after !== null) query = query.where('s.id', '>', after);
  return query.execute();
}

/** Ends a session; returns `null` if there is none. */
export async function removeSession(db: Db, id: string): Promise<Session | null> {
  const row = await db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** Ends all sessions of a person; returns how many there were. */
export async function removeSessionsOf(db: Db, personId: string): Promise<number> {
  const gone = await db.deleteFrom('sessions').where('personId', '=', personId).execute();
  return Number(gone[0]?.numDeletedRows ?? 0);
}

/** Removes what is over: sessions that reached a limit. */
export async function removeOldSessions(db: Db, { idle }: SessionLimits): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where((where) => where.not(isLive(idle)))
    .execute();
}

function isLive(idle: number, alias: 'sessions' | 's' = 'sessions') {
  const of = sql.table(alias);
  return sql<boolean>`(${of}.expires_at > now()
    AND ${of}.last_used_at > now() - ${idle} * interval '1 millisecond')`;
}
