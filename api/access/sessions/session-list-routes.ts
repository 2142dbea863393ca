import { Type } from '@fastify/type-provider-typebox';
import { findSession, listSessions, removeSession } from '../../../db/access/sessions.ts';
import { sameActor } from '../../../model/access/actor.ts';
import { uuid } from '../../../model/text/uuid.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { Empty, PageOf } from '../../http/schema-parts.ts';
import { audited } from '../audited.ts';
import { callerOf, requireRole } from '../authentication.ts';
import { sessionItem, SessionItem, SessionParams } from './session-schema.ts';

const tags = ['signing in'];

/** The sessions of the caller; admins see and end everybody's. */
export const addSessionListRoutes: AddRoutes = (api, { db, sessionLimits }) => {
  api.get(
    '/v1/sessions',
    {
      config: { role: 'agent', refuses: [403, 422] },
      schema: {
        tags,
        summary: 'Where the caller is signed in',
        querystring: Type.Object({
          ...PageQuery.properties,
          all: Type.Optional(Type.Boolean({ description: "Everybody's; for admins." })),
        }),
        response: { 200: PageOf(SessionItem) },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { limit, after } = pageStart(request.query, uuid);
      const all = request.query.all === true;
      if (all) requireRole(caller, 'admin');
      const { idle } = sessionLimits;
      const of = all ? null : caller;
      const rows = await listSessions(db, { of, idle, after, limit: limit + 1 });
      return pageOf(
        rows,
        limit,
        ({ id }) => id,
        (row) => sessionItem(row, caller.sessionId),
      );
    },
  );

  api.delete(
    '/v1/sessions/:session',
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags,
        summary: 'End a session',
        description: 'Its browser is signed out at once. For its owner, and for admins.',
        params: SessionParams,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { session: id } = request.params;
      const caller = callerOf(request);
      const gone = await audited(
        db,
        request,
        async (trx) => {
          const row = await findSession(trx, id, sessionLimits);
          const isOwn = row !== null && sameActor(row, caller);
          return isOwn || caller.role === 'admin' ? removeSession(trx, id) : null;
        },
        (row) =>
          row && {
            action: 'session.revoke',
            target: `session/${id}`,
            detail: {
              of: row.personId === null ? `token/${row.tokenId}` : `person/${row.personId}`,
            },
          },
      );
      if (gone === null)
        throw new ApiProblem(404, 'session_not_found', `There is no session ${id}, or it is over.`);
      return reply.code(204).send(null);
    },
  );
};
