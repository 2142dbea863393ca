import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { originOf, whyNotSent } from '../../model/streams/credential-origin.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Db } from '../connect.ts';
import { listMirrorsUsingCredential } from '../mirror/mirrors.ts';
import type { CredentialsTable } from '../schema/streams.ts';
import type { Sealer } from '../sealing.ts';
import { listSpacesUsingCredential } from '../knowledge/spaces.ts';

/** A credential without its secret: what lists and answers may contain. */
export type Credential = Omit<Selectable<CredentialsTable>, 'secret' | 'signingKey'>;

/** A secret that opens repositories over HTTPS. */
export interface NewCredential {
  name: string;
  /** The user name that the host expects with a token; many accept any. */
  username: string;
  /** The only origin that it is sent to: `https://host[:port]`. */
  origin: string;
  token: string;
}

const columns = [
  'id',
  'name',
  'kind',
  'username',
  'origin',
  'createdAt',
  'rotatedAt',
  'signingPublicKey',
] as const;

/** Stores a credential, sealed; returns `null` if another one has this name. */
export async function insertCredential(
  db: Db,
  sealer: Sealer,
  { name, username, origin, token }: NewCredential,
): Promise<Credential | null> {
  const id = randomUUID();
  const row = await db
    .insertInto('credentials')
    .values({
      ...{ id, name, kind: 'https_token', username, origin },
      secret: sealToken(sealer, id, token),
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** Finds a credential, without its secret; `null` if it does not exist. */
export async function findCredential(db: Db, id: string): Promise<Credential | null> {
  const row = await db
    .selectFrom('credentials')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** A new secret for a credential. */
export interface NewSecret {
  /** `null`: as before. */
  username: string | null;
  /** `null`: as before. */
  origin: string | null;
  token: string;
}

/** The result of {@link rotateCredential}. */
export type RotatedCredential =
  | { kind: 'rotated'; row: Credential }
  | { kind: 'not_found' }
  /** Nobody has said yet what it is for, and neither does this secret. */
  | { kind: 'no_origin'; name: string };

/**
 * Replaces a credential's secret, inside the caller's transaction. Its origin changes only here,
 * together with the secret.
 */
export async function rotateCredential(
  db: Db,
  sealer: Sealer,
  id: string,
  { username, origin, token }: NewSecret,
): Promise<RotatedCredential> {
  const before = await db
    .selectFrom('credentials')
    .select(['name', 'username', 'origin'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!before) return { kind: 'not_found' };
  if (origin === null && before.origin === null) return { kind: 'no_origin', name: before.name };
  const row = await db
    .updateTable('credentials')
    .set({
      secret: sealToken(sealer, id, token),
      rotatedAt: sql<Date>`now()`,
      username: username ?? before.username,
      origin: origin ?? before.origin,
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
  return { kind: 'rotated', row };
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
  await db
    .updateTable('spaces')
    .set({ checksCredentialId: null })
    .where('checksCredentialId', '=', id)
    .execute();
  await db.deleteFrom('credentials').where('id', '=', id).execute();
  return { kind: 'deleted' };
}

/** What git needs of a credential, in plain text. */
export interface OpenedCredential {
  username: string;
  password: string;
  /** The private SSH key that signs what is pushed with it; `null` if it has none. */
  signingKey: string | null;
}

/**
 * Opens what git needs for a repository, in plain text: never log or return it. `null` if the
 * credential does not exist, or the repository is local. Throws `StreamFailure('credential_origin')`
 * if the credential is for another origin than the repository's, and `SealError` if it was sealed
 * under another master key.
 */
export async function openCredential(
  db: Db,
  sealer: Sealer,
  id: string,
  repositoryUrl: string,
): Promise<OpenedCredential | null> {
  const row = await db
    .selectFrom('credentials')
    .select(['name', 'username', 'origin', 'secret', 'signingKey'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row || originOf(repositoryUrl) === null) return null;
  const why = whyNotSent(row, repositoryUrl);
  if (why !== null) throw new StreamFailure('credential_origin', why);
  return {
    username: row.username,
    password: sealer.open(row.secret, credentialContext(id)).toString('utf8'),
    signingKey:
      row.signingKey && sealer.open(row.signingKey, signingKeyContext(id)).toString('utf8'),
  };
}

function sealToken(sealer: Sealer, id: string, token: string): Buffer {
  return sealer.seal(Buffer.from(token), credentialContext(id));
}

/** Sets the key that signs what is pushed with a credential, or removes it (`null`). Returns `null` if there is no such credential. */
export async function putSigningKey(
  db: Db,
  sealer: Sealer,
  id: string,
  key: { privateKey: string; publicKey: string } | null,
): Promise<Credential | null> {
  const row = await db
    .updateTable('credentials')
    .set({
      signingKey: key && sealer.seal(Buffer.from(key.privateKey), signingKeyContext(id)),
      signingPublicKey: key?.publicKey ?? null,
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** What a credential's sealed signing key belongs to. */
export function signingKeyContext(id: string): string {
  return `credentials/${id}/signing-key`;
}

/** What a credential's sealed secret belongs to. */
export function credentialContext(id: string): string {
  return `credentials/${id}`;
}
