import { Type } from '@fastify/type-provider-typebox';
import type { AddRoutes } from '../http/deps.ts';
import { Nullable } from '../http/schema-parts.ts';

const FieldView = Nullable(
  Type.Object(
    { title: Type.String() },
    { description: 'What people call it; `null` if the platform needs none.' },
  ),
);

/** The platforms, and what a project's source needs on each. */
export const PlatformsView = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: Type.String(),
      title: Type.String(),
      choosesId: Type.Boolean({
        description:
          'Whether people choose the id of a project, because its source does not say it.',
      }),
      url: FieldView,
      token: FieldView,
    }),
  ),
});

/** The route that lists the platforms. */
export const addPlatformRoutes: AddRoutes = (api, { platforms }) => {
  api.get(
    '/v1/platforms',
    {
      config: { role: 'agent' },
      schema: {
        tags: ['projects'],
        summary: 'List the platforms whose projects can be mirrored',
        response: { 200: PlatformsView },
      },
    },
    () => ({
      items: platforms.all.map(({ kind, settings: { title, choosesId = false, url, token } }) => ({
        ...{ kind, title, choosesId },
        url: url === undefined ? null : { title: url.title },
        token: token === undefined ? null : { title: token.title },
      })),
    }),
  );
};
