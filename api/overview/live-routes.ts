import { Type } from '@fastify/type-provider-typebox';
import { callerOf } from '../access/authentication.ts';
import type { AddRoutes } from '../http/deps.ts';
import { createEventStreams, type Followed } from '../http/event-stream.ts';
import { eventsAnswer, refusals } from '../http/schema-parts.ts';
import { followedOverview, followedStream } from './followed.ts';

/** The most that one stream follows: each is read by itself. */
const mostFollowed = 40;

const LiveQuery = Type.Object({
  follow: Type.Array(
    Type.String({
      maxLength: 200,
      pattern: '^(overview|mirror/[\\w.-]{1,64}/[\\w.-]{1,64}|space/[\\w.-]{1,64})$',
    }),
    {
      minItems: 1,
      maxItems: mostFollowed,
      uniqueItems: true,
      description:
        '`overview`, `mirror/<project>/<branch>` (with the id of the branch) or `space/<space>`.',
    },
  ),
});

/** The route that follows several things by one stream, so that all pages of a browser need only one. */
export const addLiveRoutes: AddRoutes = (api, deps) => {
  const streams = createEventStreams(api, deps);

  api.get(
    '/v1/live',
    {
      config: { role: 'agent' },
      // A HEAD request would wait for the end of the stream.
      exposeHeadRoute: false,
      schema: {
        tags: ['overview'],
        summary: 'Follow several things at once (server-sent events)',
        description:
          'Each event is `{follow, data}`, with what was asked for and the data that its own stream has. The events of ' +
          '`overview` are named as there; those of a mirror or a space `status`, or `gone` if the caller may see none.',
        querystring: LiveQuery,
        response: { 200: eventsAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const followed = request.query.follow.map((follow) =>
        named(
          follow,
          follow === 'overview'
            ? followedOverview(deps.db, caller)
            : followedStream(deps, caller, follow),
        ),
      );
      await streams.sendChanges(request, reply, followed);
    },
  );
};

/** The same, with events that say what they are about. */
function named(follow: string, { wants, read }: Followed): Followed {
  return {
    wants,
    read: async (topics) =>
      (await read(topics)).map(({ event, data }) => ({ event, data: { follow, data } })),
  };
}
