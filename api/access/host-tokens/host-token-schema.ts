import { Type, type Static } from '@fastify/type-provider-typebox';
import type { HostToken } from '../../../db/access/host-tokens.ts';
import { Nullable, Secret, Strict, Time } from '../../http/schema-parts.ts';

const Origin = Type.String({
  minLength: 1,
  maxLength: 2_048,
  description:
    'The only origin that it is sent to (and the API of that host): `https://git.example:8443`, a host name, or the address of a repository there.',
});

/** The body of a host token. */
export const HostTokenBody = Strict({ origin: Origin, token: Secret });

/** Which host token is meant. */
export const HostTokenQuery = Type.Object({ origin: Origin });

/** A host token as the API returns it, without its secret. */
export const HostTokenView = Type.Object({
  origin: Type.String(),
  storedAt: Time,
  refusedAt: Nullable(Time, {
    description: 'When the host did not take it: it is not used again until it is replaced.',
  }),
});

/** All of somebody's host tokens. */
export const HostTokenList = Type.Object({ items: Type.Array(HostTokenView) });

/** A host token as answers contain it. */
export function hostTokenView({
  origin,
  storedAt,
  refusedAt,
}: HostToken): Static<typeof HostTokenView> {
  return {
    origin,
    storedAt: storedAt.toISOString(),
    refusedAt: refusedAt?.toISOString() ?? null,
  };
}
