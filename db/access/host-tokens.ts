import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Actor } from '../../model/access/actor.ts';
import { originOf } from '../../model/streams/credential-origin.ts';
import type { Db } from '../connect.ts';
import type { HostTokensTable } from '../schema/access.ts';
import type { Sealer } from '../sealing.ts';
import { ownedBy, ownerColumns } from './owned.ts';

/** A host token without its secret: what lists and answers may contain. */
export type HostToken = Pick<
  Selectable<HostTokensTable>,
  'id' | 'origin' | 'storedAt' | 'refusedAt'
>;

const columns = ['id', 'origin', 'storedAt', 'refusedAt'] as const;

/** Stores somebody's token for a host, sealed, in place of the one that they had for it. */
export async function putHostToken(
  db: Db,
  sealer: Sealer,
  owner: Actor,
  { origin, token }: { origin: string; token: string },
): Promise<HostToken> {
  const id = randomUUID();
  const secret = sealer.seal(Buffer.from(token), hostTokenContext(id));
  return db
    .insertInto('hostTokens')
    .values({ id, ...ownerColumns(owner), origin, secret })
    .onConflict((conflict) =>
      conflict.columns(['tokenId', 'personId', 'origin']).doUpdateSet({
        // What was said of the old secret is not said of the new one.
        ...{ id, secret, refusedAt: null, storedAt: sql<Date>`now()` },
      }),
    )
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Lists somebody's own tokens by origin. */
export async function listHostTokens(db: Db, owner: Actor): Promise<HostToken[]> {
  return db
    .selectFrom('hostTokens')
    .select(columns)
    .where(ownedBy(owner))
    .orderBy('origin')
    .execute();
}

/** Removes somebody's own token for a host; returns whether there was one. */
export async function removeHostToken(db: Db, owner: Actor, origin: string): Promise<boolean> {
  const row = await db
    .deleteFrom('hostTokens')
    .where(ownedBy(owner))
    .where('origin', '=', origin)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes all tokens of somebody who may no longer be here. */
export async function removeHostTokensOf(db: Db, owner: Actor): Promise<void> {
  await db.deleteFrom('hostTokens').where(ownedBy(owner)).execute();
}

/** Somebody's token for a host, in plain text: never log or return it. */
export interface OpenedHostToken {
  id: string;
  token: string;
  /** Whether the host has said that it does not take it: then it is not sent again. */
  isRefused: boolean;
}

/**
 * Opens the token that somebody has for the host of a repository, to say there what they said here, and for nothing else.
 * `null` if they have none, or are no longer accepted here themselves.
 */
export async function openHostToken(
  { db, sealer }: { db: Db; sealer: Sealer },
  owner: Actor,
  repositoryUrl: string,
): Promise<OpenedHostToken | null> {
  const origin = originOf(repositoryUrl);
  if (origin === null) return null;
  const row = await db
    .selectFrom('hostTokens')
    .select(['id', 'secret', 'refusedAt'])
    .where(ownedBy(owner))
    .where('origin', '=', origin)
    .where(
      sql<boolean>`CASE WHEN person_id IS NULL
        THEN EXISTS (SELECT FROM tokens t WHERE t.id = token_id AND t.kind = 'person'
          AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()))
        ELSE EXISTS (SELECT FROM people p WHERE p.id = person_id AND p.disabled_at IS NULL) END`,
    )
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, secret, refusedAt } = row;
  const token = sealer.open(secret, hostTokenContext(id)).toString('utf8');
  return { id, token, isRefused: refusedAt !== null };
}

/** Notes that the host does not take this secret; one that was stored since is another one. */
export async function noteHostTokenRefused(db: Db, id: string): Promise<void> {
  await db
    .updateTable('hostTokens')
    .set({ refusedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('refusedAt', 'is', null)
    .execute();
}

/** What a sealed host token belongs to. */
export function hostTokenContext(id: string): string {
  return `host-tokens/${id}`;
}
