import type { Static } from '@fastify/type-provider-typebox';
import type { Credential } from '../../../db/streams/credentials.ts';
import type { CredentialUses } from '../../../db/streams/credential-uses.ts';
import type { CredentialView } from './credential-schema.ts';

/** A credential as the API returns it, with those of its uses that the caller may see. */
export function credentialView(
  row: Credential,
  usedBy: CredentialUses = { count: 0, first: [] },
): Static<typeof CredentialView> {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    username: row.username,
    origin: row.origin,
    createdAt: row.createdAt.toISOString(),
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
    signingKey: row.signingPublicKey,
    usedBy,
  };
}
