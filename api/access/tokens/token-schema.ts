import { Type } from '@fastify/type-provider-typebox';
import { roles, type Role } from '../../../model/access/roles.ts';
import {
  Email,
  Id,
  KindName,
  Name,
  Nullable,
  OneOf,
  Strict,
  Time,
  Uuid,
} from '../../http/schema-parts.ts';

const Grant = Strict({
  space: Id,
  kinds: Type.Optional(
    Nullable(
      Type.Array(KindName, {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'Defaults to all.',
      }),
    ),
  ),
  role: Type.Optional(
    Type.Unsafe<Role>({
      ...OneOf(...roles),
      description: "At most the token's own role, which is the default.",
    }),
  ),
});
/** The body of a new token. */
export const TokenBody = Strict({
  kind: Type.Optional(OneOf('person', 'machine')),
  name: Name,
  email: Type.Optional(Nullable(Email)),
  role: OneOf(...roles),
  projects: Type.Optional(
    Nullable(
      Type.Array(Id, {
        maxItems: 1_000,
        uniqueItems: true,
        description: 'The projects that it may see; `null` means all. Defaults to none.',
      }),
    ),
  ),
  spaces: Type.Optional(
    Nullable(
      Type.Array(Grant, {
        maxItems: 1_000,
        description:
          'What it may do in which knowledge spaces; `null` means its own role in all of them. Defaults to none.',
      }),
    ),
  ),
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
/** A token in a path. */
export const TokenParams = Type.Object({ token: Uuid });

const tokenFields = {
  id: Type.String(),
  kind: OneOf('person', 'machine'),
  name: Type.String(),
  email: Nullable(Type.String()),
  role: OneOf(...roles),
  projects: Nullable(Type.Array(Type.String())),
  spaces: Nullable(
    Type.Array(
      Type.Object({
        space: Type.String(),
        kinds: Nullable(Type.Array(Type.String())),
        role: OneOf(...roles),
      }),
    ),
  ),
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
