import { readSpaceOverview } from '../../../db/knowledge/space-status.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { createEventStreams } from '../../http/event-stream.ts';
import { eventsAnswer } from '../../http/schema-parts.ts';
import { kindsSeen, spaceOf } from './space-access.ts';
import { SpaceParams } from './space-schema.ts';
import { spaceView } from './space-view.ts';

/** The route that streams a space's status as server-sent events. */
export const addSpaceStreamRoute: AddRoutes = (api, deps) => {
  const streams = createEventStreams(api, deps);

  api.get(
    '/v1/spaces/:space/stream',
    {
      config: { role: 'agent', refuses: [404] },
      // A HEAD request would wait for the end of the stream.
      exposeHeadRoute: false,
      schema: {
        tags: ['spaces'],
        summary: "Follow a space's status (server-sent events)",
        description:
          'Each event is named `status` and contains what GET of the space returns. When the space has ended, the stream ends.',
        params: SpaceParams,
        response: { 200: eventsAnswer },
      },
    },
    async (request, reply) => {
      const { row } = await spaceOf(deps, request);
      const { id } = row;
      const kinds = kindsSeen(callerOf(request), id);
      await streams.send(request, reply, [`space/${id}`, `saves/${id}`], async () => {
        const overview = await readSpaceOverview(deps.db, id, kinds);
        // An ended space does not exist for anybody.
        if (overview?.row.endedAt !== null) return null;
        return { view: spaceView(deps.sealer, overview) };
      });
    },
  );
};
