import { Type } from '@fastify/type-provider-typebox';
import { callerOf } from '../access/authentication.ts';
import type { Caller } from '../access/caller.ts';
import type { AddRoutes, ApiDeps } from '../http/deps.ts';
import { createEventStreams, type Followed } from '../http/event-stream.ts';
import { eventsAnswer } from '../http/schema-parts.ts';
import { followedOperation, operationFollowed } from './followed-operation.ts';
import { followedOverview, followedStream } from './followed.ts';

/** The most that one stream follows: each is read by itself. */
const mostFollowed = 40;

const LiveQuery = Type.Object({
  follow: Type.Array(
    Type.String({
      maxLength: 200,
      pattern:
        '^(overview|mirror/[\\w.-]{1,64}/[\\w.-]{1,64}|space/[\\w.-]{1,64}|operation/[\\w.-]{1,64}/[0-9a-f-]{36})$',
    }),
    {
      minItems: 1,
      maxItems: mostFollowed,
      uniqueItems: true,
      description:
        '`overview`, `mirror/<project>/<branch>` (with the id of the branch), `space/<space>` or `operation/<space>/<operation>`.',
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
          '`overview` are named as there; those of a mirror, a space or an operation `status`, or `gone` if the caller may see none.',
        querystring: LiveQuery,
        response: { 200: eventsAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const followed = request.query.follow.map((follow) =>
        named(follow, followedOf(deps, caller, follow)),
      );
      await streams.sendChanges(request, reply, followed);
    },
  );
};

function followedOf(deps: ApiDeps, caller: Caller, follow: string): Followed {
  if (follow === 'overview') return followedOverview(deps.db, caller);
  const operation = operationFollowed(follow);
  return operation === null
    ? followedStream(deps, caller, follow)
    : followedOperation(deps, caller, operation);
}

/** The same, with events that say what they are about. */
function named(follow: string, { wants, read }: Followed): Followed {
  return {
    wants,
    read: async (topics) =>
      (await read(topics)).map(({ event, data }) => ({ event, data: { follow, data } })),
  };
}
