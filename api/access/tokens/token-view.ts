import type { Static } from '@fastify/type-provider-typebox';
import type { Token } from '../../../db/access/tokens.ts';
import type { TokenView } from './token-schema.ts';

/** A token as the API returns it. */
export function tokenView(row: Token): Static<typeof TokenView> {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    email: row.email,
    role: row.role,
    projects: row.projects,
    spaces: row.spaces,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
