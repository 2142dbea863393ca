import { sql, type Selectable } from 'kysely';
import type { OpenIdConnect } from '../../model/access/open-id-connect.ts';
import type { Db } from '../connect.ts';
import type { OpenIdConnectTable } from '../schema/access.ts';
import type { Sealer } from '../sealing.ts';
import { jsonb } from '../storable.ts';

/** The stored provider, with its sealed secret. */
export type OpenIdConnectRow = Selectable<OpenIdConnectTable>;

/** The provider that people sign in at, or `null`. */
export async function findOpenIdConnect(db: Db): Promise<OpenIdConnectRow | null> {
  const row = await db.selectFrom('openIdConnect').selectAll().executeTakeFirst();
  return row ?? null;
}

/** Stores the provider in place of the one that was there. */
export async function putOpenIdConnect(
  db: Db,
  sealer: Sealer,
  { rules, everyone, ...settings }: OpenIdConnect,
  clientSecret: string,
): Promise<OpenIdConnectRow> {
  const row = {
    ...settings,
    rules: jsonb(rules),
    everyone: everyone === null ? null : jsonb(everyone),
    clientSecret: sealer.seal(Buffer.from(clientSecret), clientSecretContext()),
    updatedAt: sql<Date>`now()`,
  };
  return db
    .insertInto('openIdConnect')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The secret of Gitward at the provider. */
export function openClientSecret(
  sealer: Sealer,
  { clientSecret }: Pick<OpenIdConnectRow, 'clientSecret'>,
): string {
  return sealer.open(clientSecret, clientSecretContext()).toString('utf8');
}

/** Removes the provider; returns `null` if there was none. */
export async function removeOpenIdConnect(db: Db): Promise<OpenIdConnectRow | null> {
  const row = await db.deleteFrom('openIdConnect').returningAll().executeTakeFirst();
  return row ?? null;
}

/** What the secret is sealed for. */
export function clientSecretContext(): string {
  return 'open-id-connect';
}
