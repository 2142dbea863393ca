import { spaceOfStream } from '../../model/knowledge/ids.ts';
import { mirrorOfStream } from '../../model/mirror/ids.ts';
import { callerOf } from '../access/authentication.ts';
import { seesProject, type Caller } from '../access/caller.ts';
import type { AddRoutes } from '../http/deps.ts';
import { createEventStreams } from '../http/event-stream.ts';
import { eventsAnswer, refusals } from '../http/schema-parts.ts';
import { seenSpaces } from '../knowledge/spaces/space-access.ts';
import { overviewChanges, overviewOf } from './overview-changes.ts';
import { OverviewView } from './overview-schema.ts';
import { readItems, streamOfTopic } from './read-items.ts';

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
        response: { 200: OverviewView, ...refusals },
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
        response: { 200: eventsAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      await streams.sendChanges(
        request,
        reply,
        (topic) => isSeen(caller, topic),
        overviewChanges((wanted) => readItems(db, caller, wanted)),
      );
    },
  );
};

/** Whether a topic is about a mirror or space that the caller may see. */
function isSeen(caller: Caller, topic: string): boolean {
  const stream = streamOfTopic(topic);
  if (stream === null) return false;
  const mirror = mirrorOfStream(stream);
  if (mirror !== null) return seesProject(caller, mirror.projectId);
  return seenSpaces(caller)?.includes(spaceOfStream(stream) ?? '') ?? true;
}
