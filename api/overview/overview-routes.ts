import { callerOf } from '../access/authentication.ts';
import type { AddRoutes } from '../http/deps.ts';
import { createEventStreams } from '../http/event-stream.ts';
import { eventsAnswer } from '../http/schema-parts.ts';
import { followedOverview } from './followed.ts';
import { overviewOf } from './overview-changes.ts';
import { OverviewView } from './overview-schema.ts';
import { readItems } from './read-items.ts';

const tags = ['overview'];

/** Routes that show all mirrors and spaces at once. */
export const addOverviewRoutes: AddRoutes = (api, deps) => {
  const { db } = deps;
  const streams = createEventStreams(api, deps);

  api.get(
    '/v1/overview',
    {
      config: { role: 'agent' },
      schema: {
        tags,
        summary: 'All mirrors and spaces that the caller may see, with their states',
        description:
          'Those that most need attention come first. A mirror that has ended is listed for one more day. Only needs the database.',
        response: { 200: OverviewView },
      },
    },
    async (request) => overviewOf(await readItems(db, callerOf(request))),
  );

  api.get(
    '/v1/overview/stream',
    {
      config: { role: 'agent' },
      // A HEAD request would wait for the end of the stream.
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Follow all mirrors and spaces (server-sent events)',
        description:
          'The first event is named `status` and contains what `GET /v1/overview` returns. Each later one is named `change`: ' +
          '`{items, gone, counts, isComplete}`, with the items that are new or have changed, and the ids of those that are no longer listed.',
        response: { 200: eventsAnswer },
      },
    },
    async (request, reply) => {
      await streams.sendChanges(request, reply, [followedOverview(db, callerOf(request))]);
    },
  );
};
