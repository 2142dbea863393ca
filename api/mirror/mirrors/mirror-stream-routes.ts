import type { AddRoutes } from '../../http/deps.ts';
import { readMirrorOverview } from '../../../db/mirror/mirror-status.ts';
import { createEventStreams } from '../../http/event-stream.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { mirrorView } from './mirror-view.ts';
import { mirrorKeyOf } from '../project-source.ts';
import { MirrorParams, eventsAnswer } from '../../http/schema-parts.ts';
import { overviewOf } from './open-mirror.ts';

/** The route that streams a mirror's status as server-sent events. */
export const addMirrorStreamRoutes: AddRoutes = (api, deps) => {
  const streams = createEventStreams(api, deps);

  api.get(
    '/v1/projects/:project/mirrors/:branch/stream',
    {
      config: { role: 'agent', refuses: [404, 422, 502] },
      // A HEAD request would wait for the end of the stream.
      exposeHeadRoute: false,
      schema: {
        tags: ['mirrors'],
        summary: "Follow a mirror's status (server-sent events)",
        description: 'Each event is named `status` and contains what GET of the mirror returns.',
        params: MirrorParams,
        response: {
          200: eventsAnswer,
        },
      },
    },
    async (request, reply) => {
      const key = await mirrorKeyOf(deps, request);
      await overviewOf(deps, key);
      await streams.send(request, reply, mirrorStream(key), async () => {
        const overview = await readMirrorOverview(deps.db, key);
        return overview && { view: mirrorView(overview) };
      });
    },
  );
};
