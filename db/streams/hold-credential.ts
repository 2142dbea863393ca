import { whyNotSent } from '../../model/streams/credential-origin.ts';
import type { Db } from '../connect.ts';

/** Why a repository cannot have the credential that was asked for. */
export type CredentialRefusal =
  /** It does not exist, or was removed in the meantime. */
  | { kind: 'no_credential' }
  /** It is for another origin; `why` says so, and what to do. */
  | { kind: 'credential_elsewhere'; why: string };

/**
 * Keeps the repository's credential, if there is one, from being removed until the transaction ends. Returns
 * why the repository cannot have it; `null` if it can. Call it before locking the row that refers to
 * the credential, in the same order as when a credential is removed.
 */
export async function holdCredential(
  db: Db,
  { url, credentialId: id }: { url: string; credentialId: string | null },
): Promise<CredentialRefusal | null> {
  if (id === null) return null;
  const held = await db
    .selectFrom('credentials')
    .select(['name', 'origin'])
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  if (held === undefined) return { kind: 'no_credential' };
  const why = whyNotSent(held, url);
  return why === null ? null : { kind: 'credential_elsewhere', why };
}
