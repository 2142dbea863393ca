import { Type } from '@fastify/type-provider-typebox';
import type { AddRoutes } from '../http/deps.ts';
import { listAudit } from '../../db/access/audit.ts';
import { parseTime } from '../../model/text/time.ts';
import { PageQuery, pageOf, pageStart } from '../http/paging.ts';
import { fieldProblem } from '../http/problem.ts';
import { Nullable, PageOf, Time } from '../http/schema-parts.ts';

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

const Text = (description: string) =>
  Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: '^[^\\u0000-\\u001f\\u007f]+$',
      description,
    }),
  );
const When = (description: string) => Type.Optional(Type.String({ maxLength: 64, description }));

const AuditQuery = Type.Object({
  ...PageQuery.properties,
  actor: Text('Only what was done under exactly this name.'),
  action: Text('Only actions that begin with this, such as `mirror.`.'),
  target: Text('Only targets that begin with this, such as `space/sales`.'),
  from: When('Only from this time on: a time with a zone, or a date.'),
  to: When('Only before this time.'),
});

/** Who did what. */
export const addAuditRoutes: AddRoutes = (api, { db }) => {
  api.get(
    '/v1/audit',
    {
      config: { role: 'admin', refuses: [422] },
      schema: {
        tags: ['audit'],
        summary: 'Who did what, newest first',
        querystring: AuditQuery,
        response: { 200: PageOf(AuditView) },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(request.query, /^\d{1,15}$/);
      const { actor = null, action = null, target = null, from, to } = request.query;
      const rows = await listAudit(db, {
        ...{ actor, action, target, from: timeOf('from', from), to: timeOf('to', to) },
        ...{ after: after === null ? null : Number(after), limit: limit + 1 },
      });
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

function timeOf(name: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const at = parseTime(text);
  if (at === null) throw fieldProblem(`/${name}`, 'must be a time with a zone, or a date');
  return at;
}
