import { Type } from '@fastify/type-provider-typebox';
import { findOpenIdConnect } from '../../../db/access/open-id-connect.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { Nullable } from '../../http/schema-parts.ts';

/** How people can sign in, for the page where they do. */
export const addSignInRoutes: AddRoutes = (api, { db }) => {
  api.get(
    '/v1/sign-in',
    {
      config: { role: 'public' },
      schema: {
        tags: ['signing in'],
        security: [],
        summary: 'How people can sign in',
        response: {
          200: Type.Object({
            openIdConnect: Nullable(
              Type.Object(
                { name: Type.String() },
                {
                  description: 'The provider to sign in at; `null` if there is none.',
                },
              ),
            ),
          }),
        },
      },
    },
    async () => {
      const provider = await findOpenIdConnect(db);
      return { openIdConnect: provider && { name: provider.name } };
    },
  );
};
