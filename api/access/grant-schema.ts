import { Type } from '@fastify/type-provider-typebox';
import { roles, type Role } from '../../model/access/roles.ts';
import { Id, KindName, Nullable, OneOf, Strict } from '../http/schema-parts.ts';

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
      description: 'At most the role beside it, which is the default.',
    }),
  ),
});

/** What a token or a person is given, in requests. */
export const GrantsBody = {
  projects: Type.Optional(
    Nullable(
      Type.Array(Id, {
        maxItems: 1_000,
        uniqueItems: true,
        description: 'The projects that may be seen; `null` means all. Defaults to none.',
      }),
    ),
  ),
  spaces: Type.Optional(
    Nullable(
      Type.Array(Grant, {
        maxItems: 1_000,
        description:
          'What may be done in which knowledge spaces; `null` means the role in all of them. Defaults to none.',
      }),
    ),
  ),
};

/** What a token or a person was given, in answers. */
export const GrantsView = {
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
};
