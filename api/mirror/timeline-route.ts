import { Type, type Static } from '@fastify/type-provider-typebox';
import { listTimeline, type TimelineItem } from '../../db/mirror/timeline.ts';
import { roleAllows } from '../../model/access/roles.ts';
import { callerOf } from '../access/authentication.ts';
import type { Caller } from '../access/caller.ts';
import { parseTime } from '../../model/text/time.ts';
import type { AddRoutes } from '../http/deps.ts';
import { badCursor, PageQuery, pageOf, pageStart } from '../http/paging.ts';
import { MirrorParams, Nullable, OneOf, PageOf, Time } from '../http/schema-parts.ts';
import { overviewOf } from './mirrors/open-mirror.ts';
import { mirrorKeyOf } from './project-source.ts';

const id = { id: Type.String(), at: Time };

const CommitItem = Type.Object({
  ...id,
  kind: Type.Literal('commit'),
  commit: Type.Object(
    {
      sha: Nullable(Type.String({ description: '`null` while it waits to be sent.' })),
      subject: Type.String(),
      author: Type.String(),
      reason: Type.String(),
      changes: Type.Integer(),
      windowOpenedAt: Nullable(Time),
      windowClosedAt: Time,
      deliveredAt: Nullable(Time),
    },
    { description: 'A window; several of them can be one commit.' },
  ),
});

const OutageItem = Type.Object({
  ...id,
  kind: Type.Literal('outage'),
  outage: Type.Object({
    lane: OneOf('source', 'repository', 'review'),
    since: Time,
    endedAt: Nullable(Time),
    attempts: Type.Integer(),
    code: Type.String(),
    message: Type.String(),
    escalatedAt: Nullable(Time),
    notices: Type.Array(
      Type.Object({
        kind: OneOf('person_needed', 'escalated', 'recovered', 'found'),
        recipient: Nullable(Type.String({ description: 'Only for operators.' })),
        sentAt: Nullable(Time),
        error: Nullable(
          Type.String({ description: 'Why it could not be sent at last. Only for operators.' }),
        ),
      }),
    ),
  }),
});

const ActItem = Type.Object({
  ...id,
  kind: Type.Literal('act'),
  act: Type.Object({
    action: Type.String({ description: 'As in the audit log: `mirror.pause`.' }),
    actor: Nullable(Type.String({ description: 'Only for admins, as in the audit log.' })),
  }),
});

/** Something that happened to a mirror, as the API returns it. */
export const TimelineView = Type.Union([CommitItem, OutageItem, ActItem]);

const position = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\|[\da-f-]{1,40}$/;

/** The route that lists what happened to a mirror. */
export const addTimelineRoute: AddRoutes = (api, deps) => {
  api.get(
    '/v1/projects/:project/mirrors/:branch/timeline',
    {
      config: { role: 'agent', refuses: [404, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'What happened to a mirror, newest first',
        description:
          'Windows with their commits, outages with their notices, and what people did. Only needs the database.',
        params: MirrorParams,
        querystring: PageQuery,
        response: { 200: PageOf(TimelineView) },
      },
    },
    async (request) => {
      const key = await mirrorKeyOf(deps, request);
      await overviewOf(deps, key);
      const { limit, after } = pageStart(request.query, position);
      if (after !== null && parseTime(after.slice(0, after.indexOf('|'))) === null)
        throw badCursor();
      const rows = await listTimeline(deps.db, key, { before: after, limit: limit + 1 });
      const caller = callerOf(request);
      return pageOf(
        rows,
        limit,
        (row) => row.position,
        (row) => timelineView(row, caller),
      );
    },
  );
};

function timelineView(item: TimelineItem, { role }: Caller): Static<typeof TimelineView> {
  const { id, at } = item;
  switch (item.kind) {
    case 'commit':
      return { id, at, kind: 'commit', commit: item.commit };
    case 'outage': {
      const mayKnow = roleAllows(role, 'operator');
      const notices = item.outage.notices.map(({ kind, recipient, sentAt, error }) => ({
        ...{ kind, sentAt },
        recipient: mayKnow ? recipient : null,
        error: mayKnow ? error : null,
      }));
      return { id, at, kind: 'outage', outage: { ...item.outage, notices } };
    }
    case 'act': {
      const { action, actor } = item.act;
      return {
        id,
        at,
        kind: 'act',
        act: { action, actor: roleAllows(role, 'admin') ? actor : null },
      };
    }
  }
}
