import { Type } from '@fastify/type-provider-typebox';
import { Name, Nullable, Secret, Strict, Time, Uuid } from '../../http/schema-parts.ts';

/**
 * HTTP basic authentication sends the user name before a colon (RFC 7617), so it must not contain
 * one.
 */
const Username = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^:\\u0000-\\u001f\\u007f]+$',
});

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
});
