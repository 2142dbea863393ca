import { Type, type Static } from '@fastify/type-provider-typebox';
import type { ListedSession, Session } from '../../../db/access/sessions.ts';
import { roleAllows, roles } from '../../../model/access/roles.ts';
import { signInMethods } from '../../../model/access/sign-in.ts';
import { Nullable, OneOf, Strict, Time, Uuid } from '../../http/schema-parts.ts';
import type { Caller } from '../caller.ts';
import { GrantsView } from '../grant-schema.ts';
import { csrfTokenOf } from './csrf.ts';

const Credential = Type.String({ minLength: 1, maxLength: 4_096, writeOnly: true });

/** What a browser signs in with: one of the two. */
export const SignInBody = Strict({
  code: Type.Optional({ ...Credential, description: 'The code of a sign-in link.' }),
  token: Type.Optional({ ...Credential, description: 'A token: `gw_…`.' }),
});

/** A session in a path. */
export const SessionParams = Type.Object({ session: Uuid });

const method = OneOf(...signInMethods);

/** Who the caller is, and how they are signed in. */
export const SessionView = Type.Object({
  caller: Type.Object({
    kind: OneOf('person', 'machine'),
    id: Type.String(),
    name: Type.String(),
    email: Nullable(Type.String()),
    role: OneOf(...roles),
    ...GrantsView,
  }),
  session: Nullable(
    Type.Object(
      { id: Type.String(), method, createdAt: Time, expiresAt: Time },
      {
        description: '`null` for a bearer token.',
      },
    ),
  ),
  workflowsUrl: Nullable(
    Type.String({
      description:
        'Where the Temporal UI shows workflows; with `/` and the encoded id of one, that one. `null`: it is not known, or the caller is no operator.',
    }),
  ),
  csrfToken: Nullable(
    Type.String({
      description:
        'To be sent as `x-csrf-token` with every request by cookie that changes something.',
    }),
  ),
});

/** A session in lists. */
export const SessionItem = Type.Object({
  id: Type.String(),
  caller: Type.Object({
    kind: OneOf('person', 'machine'),
    id: Type.String(),
    name: Type.String(),
    email: Nullable(Type.String()),
  }),
  method,
  address: Nullable(Type.String()),
  userAgent: Nullable(Type.String()),
  createdAt: Time,
  lastUsedAt: Time,
  expiresAt: Time,
  isCurrent: Type.Boolean({ description: 'Whether this request was made with it.' }),
});

/** A link that signs somebody in once. */
export const SignInLink = Type.Object({
  url: Type.String({
    description: 'Shown only once. The code is in the fragment, which browsers send to no server.',
  }),
  expiresAt: Time,
});

/** The result of signing out. */
export const SignedOut = Type.Object({
  signOutUrl: Nullable(
    Type.String({ description: 'Where to go to sign out at the provider as well.' }),
  ),
});

/** The caller of a request, and their session with its secret. */
export function sessionView(
  caller: Caller,
  started: { row: Session; secret: string } | null,
  workflowsUrl: string | null,
): Static<typeof SessionView> {
  const { kind, id, name, email, role, projects, spaces } = caller;
  return {
    caller: { kind, id, name, email, role, projects, spaces },
    session: started && {
      id: started.row.id,
      method: started.row.method,
      createdAt: started.row.createdAt.toISOString(),
      expiresAt: started.row.expiresAt.toISOString(),
    },
    workflowsUrl: roleAllows(role, 'operator') ? workflowsUrl : null,
    csrfToken: started && csrfTokenOf(started.secret),
  };
}

/** A session as lists show it. */
export function sessionItem(
  row: ListedSession,
  current: string | null,
): Static<typeof SessionItem> {
  return {
    id: row.id,
    caller: {
      kind: row.kind,
      id: row.personId ?? row.tokenId ?? '',
      name: row.name,
      email: row.email,
    },
    method: row.method,
    address: row.address,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isCurrent: row.id === current,
  };
}
