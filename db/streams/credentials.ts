import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Db } from '../connect.ts';
import { listMirrorsUsingCredential } from '../mirror/mirrors.ts';
import type { CredentialsTable } from '../schema/streams.ts';
import type { Sealer } from '../sealing.ts';
import { listSpacesUsingCredential } from '../knowledge/spaces.ts';

/** A credential without its secret: what lists and answers may contain. */
export type Credential = Omit<Selectable<CredentialsTable>, 'secret'>;

/** A secret that opens repositories over HTTPS. */
export interface NewCredential {
  name: string;
  /** The user name that the host expects with a token; many accept any. */
  username: string;
  token: string;
}

const columns = ['id', 'name', 'kind', 'username', 'createdAt', 'rotatedAt'] as const;

/** Stores a credential, sealed; returns `null` if another one has this name. */
export async function insertCredential(
  db: Db,
  sealer: Sealer,
  { name, username, token }: NewCredential,
): Promise<Credential | null> {
  const id = randomUUID();
  const row = await db
    .insertInto('credentials')
    .values({ id, name, kind: 'https_token', username, secret: sealToken(sealer, id, token) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** Replaces a credential's secret; returns `null` if the credential does not exist. */
export async function rotateCredential(
  db: Db,
  sealer: Sealer,
  id: string,
  secret: { username: string | null; token: string },
): Promise<Credential | null> {
  const row = await db
    .updateTable('credentials')
    .set({
      secret: sealToken(sealer, id, secret.token),
      rotatedAt: sql<Date>`now()`,
      ...(secret.username === null ? {} : { username: secret.username }),
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** Which credentials to list. */
export interface CredentialsPage {
  /** Only those that mirrors of these projects use; `null` means all. */
  only: readonly string[] | null;
  /** The page starts after this name. */
  after: string | null;
  limit: number;
}

/** Lists credentials by name. */
export async function listCredentials(
  db: Db,
  { only, after, limit }: CredentialsPage,
): Promise<Credential[]> {
  let query = db.selectFrom('credentials').select(columns).orderBy('name').limit(limit);
  if (only !== null)
    query = query.where('id', 'in', (mirrors) =>
      mirrors
        .selectFrom('mirrors')
        .select('credentialId')
        .$narrowType<{ credentialId: string }>()
        .where('projectId', '=', sql<string>`ANY (${only}::text[])`),
    );
  if (after !== null) query = query.where('name', '>', after);
  return query.execute();
}

/** Whether a credential with this id exists. The id may be any text, even if it is not a UUID. */
export async function hasCredential(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('credentials')
    .select('id')
    .where(sql<string>`id::text`, '=', id.toLowerCase())
    .executeTakeFirst();
  return row !== undefined;
}

/** The result of {@link removeCredential}. */
export type RemovedCredential =
  | { kind: 'deleted' }
  | { kind: 'not_found' }
  /** Mirrors and spaces that have not ended use it. */
  | { kind: 'in_use'; by: StreamId[] };

/**
 * Removes a credential, inside the caller's transaction. Ended mirrors and spaces lose their
 * reference to it.
 */
export async function removeCredential(db: Db, id: string): Promise<RemovedCredential> {
  // While this row is locked, nothing can start to refer to it.
  const found = await db
    .selectFrom('credentials')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) return { kind: 'not_found' };
  const by = [
    ...(await listMirrorsUsingCredential(db, id)).map(mirrorStream),
    ...(await listSpacesUsingCredential(db, id)).map(spaceStream),
  ];
  if (by.length > 0) return { kind: 'in_use', by };
  for (const table of ['mirrors', 'spaces'] as const)
    await db
      .updateTable(table)
      .set({ credentialId: null })
      .where('credentialId', '=', id)
      .execute();
  await db.deleteFrom('credentials').where('id', '=', id).execute();
  return { kind: 'deleted' };
}

/**
 * Opens what git needs for a repository, in plain text: never log or return it. `null` if the
 * credential does not exist. Throws `SealError` if it was sealed under another master key.
 */
export async function openCredential(
  db: Db,
  sealer: Sealer,
  id: string,
): Promise<{ username: string; password: string } | null> {
  const row = await db
    .selectFrom('credentials')
    .select(['username', 'secret'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    username: row.username,
    password: sealer.open(row.secret, credentialContext(id)).toString('utf8'),
  };
}

function sealToken(sealer: Sealer, id: string, token: string): Buffer {
  return sealer.seal(Buffer.from(token), credentialContext(id));
}

/** What a credential's sealed secret belongs to. */
export function credentialContext(id: string): string {
  return `credentials/${id}`;
}
