import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Role } from '../../model/access/roles.ts';
import type { SpaceGrant } from '../../model/knowledge/space.ts';
import type { Db } from '../connect.ts';
import type { TokensTable } from '../schema/access.ts';
import { jsonb } from '../storable.ts';

/** A token without its hash: what lists and answers may hold. */
export type Token = Omit<Selectable<TokensTable>, 'tokenHash'>;

/** A token to be made. */
export interface NewToken {
  kind: 'person' | 'machine';
  name: string;
  email: string | null;
  role: Role;
  /** Project ids that it may see; `null` is all. */
  projects: string[] | null;
  /** What it may do in which spaces; `null` is its role in all, absent is that too where it sees all projects. */
  spaces?: SpaceGrant[] | null;
}

const columns = [
  'id',
  'kind',
  'name',
  'email',
  'role',
  'projects',
  'spaces',
  'createdAt',
  'lastUsedAt',
  'revokedAt',
] as const;

/** The one token that comes from the settings; fixed, so that a new value replaces the old one. */
const adminTokenId = '00000000-0000-4000-8000-000000000001';

/** A new secret for a token: `gw_` and 32 random bytes in base64url. */
export function generateToken(): string {
  return `gw_${randomBytes(32).toString('base64url')}`;
}

/**
 * What is kept of a token. Its 256 random bits make a slow hash needless, and the look-up by hash
 * makes the time of a comparison tell nothing.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Makes a token. The secret is in the answer and nowhere else. */
export async function createToken(
  db: Db,
  token: NewToken,
): Promise<{ row: Token; secret: string }> {
  const secret = generateToken();
  // A token that was made for some projects sees no space until somebody says so.
  const { spaces = token.projects === null ? null : [], ...columnsOfToken } = token;
  const row = await db
    .insertInto('tokens')
    .values({
      id: randomUUID(),
      ...columnsOfToken,
      spaces: spaces === null ? null : jsonb(spaces),
      tokenHash: hashToken(secret),
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return { row, secret };
}

/**
 * Makes sure that the settings' admin token opens the API, and that an earlier value of it does not.
 * Safe to call by several processes at each start; a token that was revoked stays so until its value changes.
 */
export async function ensureAdminToken(db: Db, token: string): Promise<void> {
  await db
    .insertInto('tokens')
    .values({
      id: adminTokenId,
      kind: 'machine',
      name: 'admin',
      email: null,
      role: 'admin',
      projects: null,
      tokenHash: hashToken(token),
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ tokenHash: hashToken(token), revokedAt: null, lastUsedAt: null })
        .where('tokens.tokenHash', '!=', hashToken(token)),
    )
    .execute();
}

/** Whether any token that is an admin's opens the API. */
export async function hasAdmin(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('tokens')
    .select('id')
    .where('role', '=', 'admin')
    .where('revokedAt', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The token with this secret, unless it was revoked; notes its use, at most once a minute. */
export async function useToken(db: Db, secret: string): Promise<Token | null> {
  const row = await db
    .selectFrom('tokens')
    .select(columns)
    .where('tokenHash', '=', hashToken(secret))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  if (row.lastUsedAt === null || Date.now() - row.lastUsedAt.getTime() > 60_000) {
    await db
      .updateTable('tokens')
      .set({ lastUsedAt: sql<Date>`now()` })
      .where('id', '=', row.id)
      .execute();
  }
  return row;
}

/** Whether this token, which opened the door once, still does. */
export async function isTokenValid(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('tokens')
    .select('id')
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Tokens in the order of their ids, beginning after `after`; revoked ones too. */
export async function listTokens(
  db: Db,
  { after, limit }: { after: string | null; limit: number },
): Promise<Token[]> {
  let query = db.selectFrom('tokens').select(columns).orderBy('id').limit(limit);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

/** Revokes a token, once and for ever; answers `null` where there is none, or it is revoked already. */
export async function revokeToken(db: Db, id: string): Promise<Token | null> {
  const row = await db
    .updateTable('tokens')
    .set({ revokedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** The e-mail addresses of persons who are admins of every project. */
export async function listAdminEmails(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('tokens')
    .select('email')
    .distinct()
    .where('role', '=', 'admin')
    .where('kind', '=', 'person')
    .where('projects', 'is', null)
    .where('revokedAt', 'is', null)
    .where('email', 'is not', null)
    .orderBy('email')
    .execute();
  return rows.flatMap(({ email }) => email ?? []);
}
