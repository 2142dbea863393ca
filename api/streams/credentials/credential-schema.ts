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

/** The body of a new credential. */
export const CredentialBody = Strict({
  name: Name,
  username: Type.Optional(Username),
  token: Secret,
});
/** The body of a new secret. */
export const SecretBody = Strict({ username: Type.Optional(Username), token: Secret });
/** A credential in a path. */
export const CredentialParams = Type.Object({ credential: Uuid });

/** A credential as the API returns it, without its secret. */
export const CredentialView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Literal('https_token'),
  username: Type.String(),
  createdAt: Time,
  rotatedAt: Nullable(Time),
});
