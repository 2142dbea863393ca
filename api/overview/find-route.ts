import { Type } from '@fastify/type-provider-typebox';
import { findNamed } from '../../db/overview/find-named.ts';
import { callerOf } from '../access/authentication.ts';
import type { AddRoutes } from '../http/deps.ts';
import { Nullable, OneOf } from '../http/schema-parts.ts';
import { seenSpaces } from '../knowledge/spaces/space-access.ts';

const mostFound = 20;

const FindQuery = Type.Object({
  text: Type.String({
    minLength: 1,
    maxLength: 100,
    // PostgreSQL cannot store NUL, and a text of spaces names nothing.
    pattern: '^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$',
    description: 'Parts of names, ids or branches: every word must occur.',
  }),
});

const FoundView = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: OneOf('mirror', 'space', 'person', 'token'),
      id: Type.String({
        description: '`mirror/<project>/<branch>`, `space/<space>`, `person/<id>` or `token/<id>`.',
      }),
      name: Type.String(),
      detail: Type.String({ description: 'What tells it from others of this name.' }),
      projectId: Nullable(Type.String()),
      branchId: Nullable(Type.String()),
      spaceId: Nullable(Type.String()),
    }),
    { description: `At most ${mostFound}, the best first.` },
  ),
});

/** The route that finds things by their names. */
export const addFindRoute: AddRoutes = (api, { db }) => {
  api.get(
    '/v1/find',
    {
      config: { role: 'agent' },
      schema: {
        tags: ['overview'],
        summary: 'Find mirrors and spaces, and for admins people and tokens, by name',
        description:
          'Only what the caller may see. What has ended, disabled people, and tokens that no longer work are left out.',
        querystring: FindQuery,
        response: { 200: FoundView },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const items = await findNamed(db, {
        text: request.query.text,
        projects: caller.projects,
        spaces: seenSpaces(caller),
        access: caller.role === 'admin',
        limit: mostFound,
      });
      return { items };
    },
  );
};
