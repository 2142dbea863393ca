import type { Static } from '@fastify/type-provider-typebox';
import type { Credential } from '../../../db/streams/credentials.ts';
import type { CredentialView } from './credential-schema.ts';

/** A credential as the API returns it. */
export function credentialView(row: Credential): Static<typeof CredentialView> {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    username: row.username,
    origin: row.origin,
    createdAt: row.createdAt.toISOString(),
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
  };
}
