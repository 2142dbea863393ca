import { Type } from '@fastify/type-provider-typebox';
import type { AddRoutes } from '../../http/deps.ts';
import { readMirrorOverview } from '../../../db/mirror/mirror-status.ts';
import { createEventStreams } from '../../http/event-stream.ts';
import { mirrorView } from './mirror-view.ts';
import { mirrorKeyOf } from '../project-source.ts';
import { MirrorParams, refusals } from '../../http/schema-parts.ts';
import { overviewOf } from './open-mirror.ts';

/** Server-sent events of a mirror's status. */
export const addMirrorStreamRoutes: AddRoutes = (api, deps) => {
  const streams = createEventStreams(api, deps);

  api.get(
    '/v1/projects/:project/mirrors/:branch/stream',
    {
      config: { role: 'agent' },
      // A HEAD would wait for the end of the stream.
      exposeHeadRoute: false,
      schema: {
        tags: ['mirrors'],
        summary: "A mirror's status as it changes (server-sent events)",
        description: 'Each event is `status` with what GET of the mirror answers.',
        params: MirrorParams,
        response: {
          200: {
            description: 'Events',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const key = await mirrorKeyOf(deps, request);
      const first = mirrorView(await overviewOf(deps, key));
      await streams.send(request, reply, first, async () => {
        const overview = await readMirrorOverview(deps.db, key);
        return overview && mirrorView(overview);
      });
    },
  );
};
