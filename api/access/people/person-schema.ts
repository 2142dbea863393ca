import { Type, type Static } from '@fastify/type-provider-typebox';
import type { PersonRow } from '../../../db/access/people.ts';
import { roles } from '../../../model/access/roles.ts';
import { Email, Name, Nullable, OneOf, Strict, Time, Uuid } from '../../http/schema-parts.ts';
import { GrantsBody, GrantsView } from '../grant-schema.ts';

/** A person in a path. */
export const PersonParams = Type.Object({ person: Uuid });

/** The body of a new person. */
export const PersonBody = Strict({
  name: Name,
  email: Email,
  role: OneOf(...roles),
  ...GrantsBody,
});

/** What changes about a person; what is left out stays. */
export const PersonPatch = Strict({
  name: Type.Optional(Name),
  email: Type.Optional(Email),
  role: Type.Optional(OneOf(...roles)),
  ...GrantsBody,
  isDisabled: Type.Optional(
    Type.Boolean({ description: 'A disabled person is signed out everywhere at once.' }),
  ),
});

/** A person in answers. */
export const PersonView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Nullable(Type.String()),
  role: OneOf(...roles),
  ...GrantsView,
  isManaged: Type.Boolean({
    description: 'Whether all of this but `disabledAt` comes from the OpenID Connect provider.',
  }),
  createdAt: Time,
  lastSeenAt: Nullable(Time),
  disabledAt: Nullable(Time),
});

/** A person as the API returns them. */
export function personView(row: PersonRow): Static<typeof PersonView> {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    projects: row.projects,
    spaces: row.spaces,
    isManaged: row.issuer !== null,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
  };
}
