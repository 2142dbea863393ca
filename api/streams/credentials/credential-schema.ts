import { Type } from '@fastify/type-provider-typebox';
import { Name, Nullable, OneOf, Secret, Strict, Time, Uuid } from '../../http/schema-parts.ts';

/**
 * HTTP basic authentication sends the user name before a colon (RFC 7617), so it must not contain
 * one.
 */
export const Username = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^:\\u0000-\\u001f\\u007f]+$',
});

/**
 * The user name that GitHub expects with an app's token; hosts that only check the token accept any
 * name.
 */
export const anyUser = 'x-access-token';

/** What a credential is for, as people know it. */
const Origin = Type.String({
  minLength: 1,
  maxLength: 2_048,
  description:
    'The only origin that the credential is sent to (and the API of that host): `https://git.example:8443`, a host name, or the address of a repository there.',
});

/** The body of a new credential. */
export const CredentialBody = Strict({
  name: Name,
  username: Type.Optional(Username),
  origin: Origin,
  token: Secret,
});
/** The body of a new secret. */
export const SecretBody = Strict({
  username: Type.Optional(Username),
  origin: Type.Optional(Origin),
  token: Secret,
});
/** The body of a new signing key. */
export const SigningKeyBody = Strict({
  privateKey: Type.String({
    minLength: 1,
    maxLength: 20_000,
    description:
      'A private key of OpenSSH, without a passphrase. It is sealed, and never returned.',
  }),
});
/** A credential in a path. */
export const CredentialParams = Type.Object({ credential: Uuid });

/** A credential as the API returns it, without its secret. */
export const CredentialView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Literal('https_token'),
  username: Type.String(),
  origin: Nullable(
    Type.String({ description: 'The only origin that it is sent to; `null`: not said yet.' }),
  ),
  createdAt: Time,
  rotatedAt: Nullable(Time),
  signingKey: Nullable(
    Type.String({
      description:
        'The public half of the SSH key that signs what is pushed with it; `null`: commits are not signed.',
    }),
  ),
  usedBy: Type.Object(
    {
      count: Type.Integer(),
      first: Type.Array(
        Type.Object({
          product: OneOf('mirror', 'space'),
          id: Type.String({ description: '`mirror/<project>/<branch>` or `space/<space>`.' }),
          name: Type.String(),
        }),
        { description: 'At most 20.' },
      ),
    },
    { description: 'The mirrors and spaces that use it, as far as the caller may see them.' },
  ),
});

/** What to try a credential with. */
export const CredentialTestBody = Strict({
  repository: Type.Optional(
    Strict(
      { url: Type.String({ minLength: 1, maxLength: 2_048 }) },
      { description: 'Defaults to the repositories that it is used for, at most five.' },
    ),
  ),
});

/** What trying a credential found out. */
export const CredentialTestView = Type.Object({
  items: Type.Array(
    Type.Object({
      repository: Type.Object({ url: Type.String() }),
      result: OneOf('opens', 'refused', 'not_found', 'not_reached', 'other_origin', 'not_needed'),
      reason: Type.String({ description: 'What that means and what to do, in words.' }),
    }),
  ),
});
