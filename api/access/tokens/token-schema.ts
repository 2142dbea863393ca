import { Type } from '@fastify/type-provider-typebox';
import { roles } from '../../../model/access/roles.ts';
import { PageQuery } from '../../http/paging.ts';
import { Email, Name, Nullable, OneOf, Strict, Time, Uuid } from '../../http/schema-parts.ts';
import { GrantsBody, GrantsView } from '../grant-schema.ts';

/** The body of a new token. */
export const TokenBody = Strict({
  kind: Type.Optional(OneOf('person', 'machine')),
  name: Name,
  email: Type.Optional(Nullable(Email)),
  role: OneOf(...roles),
  ...GrantsBody,
  expiresAt: Type.Optional(
    Nullable(
      Type.String({
        maxLength: 64,
        description:
          'A time with a zone, or a date. Defaults to a year from now; `null` means never.',
      }),
    ),
  ),
});
/** Which tokens to list. */
export const TokensQuery = Type.Object({
  ...PageQuery.properties,
  active: Type.Optional(
    Type.Boolean({
      description:
        '`true`: only tokens that work; `false`: only those that were revoked or have expired.',
    }),
  ),
});

/** A token in a path. */
export const TokenParams = Type.Object({ token: Uuid });

const tokenFields = {
  id: Type.String(),
  kind: OneOf('person', 'machine'),
  name: Type.String(),
  email: Nullable(Type.String()),
  role: OneOf(...roles),
  ...GrantsView,
  createdAt: Time,
  expiresAt: Nullable(Time),
  lastUsedAt: Nullable(Time),
  revokedAt: Nullable(Time),
};

/** A token in answers. */
export const TokenView = Type.Object(tokenFields);
/** A new token, with its secret. */
export const NewTokenView = Type.Object({
  ...tokenFields,
  token: Type.String({ description: 'Shown only once: Gitward keeps a hash of it.' }),
});
