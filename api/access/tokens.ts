import { Type, type Static } from '@fastify/type-provider-typebox';
import type { AddRoutes } from '../http/deps.ts';
import { createToken, listTokens, revokeToken, type Token } from '../../db/access/tokens.ts';
import { roleAllows, roles, type Role } from '../../model/access/roles.ts';
import type { SpaceGrant } from '../../model/knowledge/space.ts';
import { audited } from './audited.ts';
import { PageQuery, pageOf, pageStart } from '../http/paging.ts';
import { ApiProblem, fieldProblem } from '../http/problem.ts';
import {
  Email,
  Empty,
  Id,
  KindName,
  Name,
  Nullable,
  OneOf,
  PageOf,
  Strict,
  Time,
  Uuid,
  refusals,
} from '../http/schema-parts.ts';

const Grant = Strict({
  space: Id,
  kinds: Type.Optional(
    Nullable(
      Type.Array(KindName, {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'All unless given.',
      }),
    ),
  ),
  role: Type.Optional(
    Type.Unsafe<Role>({
      ...OneOf(...roles),
      description: "At most the token's own, which it is unless given.",
    }),
  ),
});
const TokenBody = Strict({
  kind: Type.Optional(OneOf('person', 'machine')),
  name: Name,
  email: Type.Optional(Nullable(Email)),
  role: OneOf(...roles),
  projects: Type.Optional(
    Nullable(
      Type.Array(Id, {
        minItems: 1,
        maxItems: 1_000,
        uniqueItems: true,
        description: 'All unless given.',
      }),
    ),
  ),
  spaces: Type.Optional(
    Nullable(
      Type.Array(Grant, {
        maxItems: 1_000,
        description:
          "What it may do in which knowledge spaces. `null` is the token's role in all; where it is not given that is so of a " +
          'token that sees all projects, and one of some projects sees no space.',
      }),
    ),
  ),
});
const TokenParams = Type.Object({ t: Uuid });

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
  lastUsedAt: Nullable(Time),
  revokedAt: Nullable(Time),
};
const TokenView = Type.Object(tokenFields);
const NewTokenView = Type.Object({
  ...tokenFields,
  token: Type.String({ description: 'Shown this once; only a hash of it is kept.' }),
});

/** Who may call the API. */
export const addTokenRoutes: AddRoutes = (api, { db }) => {
  api.post(
    '/v1/tokens',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['tokens'],
        summary: 'Make a token for a person or a machine',
        description: 'A machine that sends events has the role `operator` and a list of projects.',
        body: TokenBody,
        response: { 201: NewTokenView, ...refusals },
      },
    },
    async (request, reply) => {
      const { kind = 'machine', name, email = null, role, projects = null } = request.body;
      if (role === 'admin' && projects !== null)
        throw fieldProblem('/projects', 'an admin sees all projects; leave it out');
      if (kind === 'person' && email === null)
        throw fieldProblem('/email', 'a person has an e-mail address');
      const spaces = grantsFrom(role, request.body.spaces);
      const { row, secret } = await audited(
        db,
        request,
        (transaction) => createToken(transaction, { kind, name, email, role, projects, ...spaces }),
        (made) => ({
          action: 'token.create',
          target: `token/${made.row.id}`,
          detail: { kind, name, role, projects, spaces: made.row.spaces },
        }),
      );
      return reply.code(201).send({ ...tokenView(row), token: secret });
    },
  );

  api.get(
    '/v1/tokens',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['tokens'],
        summary: 'List tokens, revoked ones too',
        querystring: PageQuery,
        response: { 200: PageOf(TokenView), ...refusals },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(
        request.query,
        /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      );
      const rows = await listTokens(db, { after, limit: limit + 1 });
      return pageOf(rows, limit, ({ id }) => id, tokenView);
    },
  );

  api.delete(
    '/v1/tokens/:t',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['tokens'],
        summary: 'Revoke a token for ever',
        params: TokenParams,
        response: { 204: Empty, ...refusals },
      },
    },
    async (request, reply) => {
      const { t: id } = request.params;
      const revoked = await audited(
        db,
        request,
        (transaction) => revokeToken(transaction, id),
        (row) =>
          row && { action: 'token.revoke', target: `token/${id}`, detail: { name: row.name } },
      );
      if (revoked === null)
        throw new ApiProblem(404, 'token_not_found', `There is no token ${id}, or it was revoked.`);
      return reply.code(204).send(null);
    },
  );
};

/** What a token is to do in spaces, with defaults; without a word of it that is for `createToken` to say. */
function grantsFrom(
  role: Role,
  asked: Static<typeof TokenBody>['spaces'],
): { spaces?: SpaceGrant[] | null } {
  if (asked === undefined || asked === null) return asked === null ? { spaces: null } : {};
  if (role === 'admin')
    throw fieldProblem('/spaces', 'an admin has this role in all spaces; leave it out');
  const spaces = asked.map(({ space, kinds = null, role: granted = role }, index) => {
    // One that says more than it gives would be found out by whoever cannot save.
    if (!roleAllows(role, granted))
      throw fieldProblem(`/spaces/${index}/role`, `is more than the token's own role, ${role}`);
    return { space, kinds, role: granted };
  });
  return { spaces };
}

function tokenView(row: Token): Static<typeof TokenView> {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    email: row.email,
    role: row.role,
    projects: row.projects,
    spaces: row.spaces,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
