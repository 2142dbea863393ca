import { Type } from '@fastify/type-provider-typebox';
import type { AddRoutes } from '../http/deps.ts';
import { listAudit } from '../../db/access/audit.ts';
import { PageQuery, pageOf, pageStart } from '../http/paging.ts';
import { Nullable, PageOf, Time, refusals } from '../http/schema-parts.ts';

const AuditView = Type.Object({
  id: Type.Integer(),
  at: Time,
  tokenId: Nullable(Type.String()),
  personId: Nullable(Type.String()),
  actor: Type.String(),
  action: Type.String(),
  target: Type.String(),
  requestId: Nullable(Type.String()),
  detail: Type.Record(Type.String(), Type.Unknown()),
});

/** Who did what. */
export const addAuditRoutes: AddRoutes = (api, { db }) => {
  api.get(
    '/v1/audit',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['audit'],
        summary: 'Who did what, newest first',
        querystring: PageQuery,
        response: { 200: PageOf(AuditView), ...refusals },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(request.query, /^\d{1,15}$/);
      const before = after === null ? null : Number(after);
      const rows = await listAudit(db, { before, limit: limit + 1 });
      return pageOf(
        rows,
        limit,
        ({ id }) => id,
        (row) => ({
          id: row.id,
          at: row.at.toISOString(),
          tokenId: row.tokenId,
          personId: row.personId,
          actor: row.actor,
          action: row.action,
          target: row.target,
          requestId: row.requestId,
          detail: row.detail,
        }),
      );
    },
  );
};
