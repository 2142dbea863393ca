import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Role } from '../../model/access/roles.ts';
import type { SpaceGrant } from '../../model/knowledge/space.ts';
import type { Db } from '../connect.ts';
import type { TokensTable } from '../schema/access.ts';
import { jsonb } from '../storable.ts';
import { generateSecret, hashSecret } from './secret.ts';

/** A token without its hash: what lists and answers may contain. */
export type Token = Omit<Selectable<TokensTable>, 'tokenHash'>;

/** A token to create. */
export interface NewToken {
  kind: 'person' | 'machine';
  name: string;
  email: string | null;
  role: Role;
  /** The project ids it may see; `null` means all. */
  projects: string[] | null;
  /** What it may do in which spaces; `null` means its role in all of them. */
  spaces: SpaceGrant[] | null;
  /** When it stops working; `null` or left out: never. */
  expiresAt?: Date | null;
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
  'expiresAt',
  'revokedAt',
] as const;

/**
 * The id of the one token that comes from the settings; it is fixed, so that a new value replaces
 * the old one.
 */
export const adminTokenId = '00000000-0000-4000-8000-000000000001';

/** Generates a secret for a token. */
export function generateToken(): string {
  return generateSecret('gw_');
}

/** Creates a token. Its secret is in the result and nowhere else. */
export async function createToken(
  db: Db,
  token: NewToken,
): Promise<{ row: Token; secret: string }> {
  const secret = generateToken();
  const { spaces, ...columnsOfToken } = token;
  const row = await db
    .insertInto('tokens')
    .values({
      id: randomUUID(),
      ...columnsOfToken,
      spaces: spaces === null ? null : jsonb(spaces),
      tokenHash: hashSecret(secret),
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return { row, secret };
}

/**
 * Makes sure that the admin token of the settings gives access to the API, and that its earlier
 * values, and whoever signed in with one, do not. Several processes may call this at every start. A
 * revoked token stays revoked until its value changes.
 */
export async function ensureAdminToken(db: Db, token: string): Promise<void> {
  const tokenHash = hashSecret(token);
  await db.transaction().execute(async (trx) => {
    const changed = await trx
      .insertInto('tokens')
      .values({
        ...{ id: adminTokenId, kind: 'machine', name: 'admin', email: null },
        ...{ role: 'admin', projects: null, tokenHash },
      })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ tokenHash, revokedAt: null, lastUsedAt: null })
          .where('tokens.tokenHash', '!=', tokenHash),
      )
      .returning('id')
      .executeTakeFirst();
    if (changed === undefined) return;
    await trx.deleteFrom('sessions').where('tokenId', '=', adminTokenId).execute();
    await trx.deleteFrom('signInLinks').where('tokenId', '=', adminTokenId).execute();
  });
}

/** Whether any admin token gives access to the API. */
export async function hasAdmin(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('tokens')
    .select('id')
    .where('role', '=', 'admin')
    .where('revokedAt', 'is', null)
    .where(notExpired)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Finds the token with this secret, unless it was revoked, and records that it was used, at most
 * once a minute. Whether it has expired is for the caller to judge: {@link hasExpired}.
 */
export async function useToken(db: Db, secret: string): Promise<Token | null> {
  const row = await db
    .selectFrom('tokens')
    .select(columns)
    .where('tokenHash', '=', hashSecret(secret))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  if (hasExpired(row)) return row;
  if (row.lastUsedAt === null || Date.now() - row.lastUsedAt.getTime() > 60_000) {
    await db
      .updateTable('tokens')
      .set({ lastUsedAt: sql<Date>`now()` })
      .where('id', '=', row.id)
      .execute();
  }
  return row;
}

/** Whether a token stopped working by itself. */
export function hasExpired({ expiresAt }: Pick<Token, 'expiresAt'>, now = Date.now()): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now;
}

const notExpired = sql<boolean>`(expires_at IS NULL OR expires_at > now())`;

/** The token, unless it was revoked or has expired. */
export async function findValidToken(db: Db, id: string): Promise<Token | null> {
  const row = await db
    .selectFrom('tokens')
    .select(columns)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .where(notExpired)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Lists tokens by id, starting after `after`: those that work (`active`), those that were revoked or
 * have expired, or all (`null`).
 */
export async function listTokens(
  db: Db,
  { active = null, after, limit }: { active?: boolean | null; after: string | null; limit: number },
): Promise<Token[]> {
  let query = db.selectFrom('tokens').select(columns).orderBy('id').limit(limit);
  if (active !== null)
    query = query.where(sql<boolean>`(revoked_at IS NULL AND ${notExpired}) = ${active}`);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

/** Revokes a token for good. Returns `null` if it does not exist or is already revoked. */
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

/** Lists the e-mail addresses of people who are admins of every project: with a token, or by signing in. */
export async function listAdminEmails(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('tokens')
    .select('email')
    .where('role', '=', 'admin')
    .where('kind', '=', 'person')
    .where('projects', 'is', null)
    .where('revokedAt', 'is', null)
    .where('email', 'is not', null)
    .union(
      db
        .selectFrom('people')
        .select('email')
        .where('role', '=', 'admin')
        .where('projects', 'is', null)
        .where('disabledAt', 'is', null)
        .where('email', 'is not', null),
    )
    .orderBy('email')
    .execute();
  return rows.flatMap(({ email }) => email ?? []);
}
