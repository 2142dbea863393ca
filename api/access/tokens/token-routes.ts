import { removeHostTokensOf } from '../../../db/access/host-tokens.ts';
import { createToken, listTokens, revokeToken } from '../../../db/access/tokens.ts';
import { parseTime } from '../../../model/text/time.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { Empty, PageOf } from '../../http/schema-parts.ts';
import { audited } from '../audited.ts';
import { grantsFrom, projectsFrom } from '../grants.ts';
import { NewTokenView, TokenBody, TokenParams, TokensQuery, TokenView } from './token-schema.ts';
import { tokenView } from './token-view.ts';

/** Who may call the API. */
export const addTokenRoutes: AddRoutes = (api, { db }) => {
  api.post(
    '/v1/tokens',
    {
      config: { role: 'admin', refuses: [422] },
      schema: {
        tags: ['tokens'],
        summary: 'Create a token for a person or a machine',
        description:
          'A machine that sends events needs the role `operator` and its projects. A token sees only what it is given; ' +
          'an admin sees everything.',
        body: TokenBody,
        response: { 201: NewTokenView },
      },
    },
    async (request, reply) => {
      const { kind = 'machine', name, email = null, role } = request.body;
      const projects = projectsFrom(role, request.body.projects);
      if (kind === 'person' && email === null)
        throw fieldProblem('/email', 'a person needs an e-mail address');
      const spaces = grantsFrom(role, request.body.spaces);
      const expiresAt = expiryFrom(request.body.expiresAt);
      const token = { kind, name, email, role, projects, spaces, expiresAt };
      const { row, secret } = await audited(
        db,
        request,
        (transaction) => createToken(transaction, token),
        (made) => ({
          action: 'token.create',
          target: `token/${made.row.id}`,
          detail: { kind, name, role, projects, spaces, expiresAt },
        }),
      );
      return reply.code(201).send({ ...tokenView(row), token: secret });
    },
  );

  api.get(
    '/v1/tokens',
    {
      config: { role: 'admin', refuses: [422] },
      schema: {
        tags: ['tokens'],
        summary: 'List tokens, including revoked ones',
        querystring: TokensQuery,
        response: { 200: PageOf(TokenView) },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(
        request.query,
        /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      );
      const { active = null } = request.query;
      const rows = await listTokens(db, { active, after, limit: limit + 1 });
      return pageOf(rows, limit, ({ id }) => id, tokenView);
    },
  );

  api.delete(
    '/v1/tokens/:token',
    {
      config: { role: 'admin', refuses: [404] },
      schema: {
        tags: ['tokens'],
        summary: 'Revoke a token permanently',
        params: TokenParams,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { token: id } = request.params;
      const revoked = await audited(
        db,
        request,
        async (transaction) => {
          await removeHostTokensOf(transaction, { tokenId: id, personId: null });
          return revokeToken(transaction, id);
        },
        (row) =>
          row && { action: 'token.revoke', target: `token/${id}`, detail: { name: row.name } },
      );
      if (revoked === null)
        throw new ApiProblem(404, 'token_not_found', `There is no token ${id}, or it was revoked.`);
      return reply.code(204).send(null);
    },
  );
};

const dayInMs = 24 * 60 * 60 * 1_000;

/** When a new token stops working: a year from now unless the request says otherwise. */
function expiryFrom(wanted: string | null | undefined, now = Date.now()): Date | null {
  if (wanted === null) return null;
  if (wanted === undefined) return new Date(now + 365 * dayInMs);
  const at = parseTime(wanted);
  if (at === null) throw fieldProblem('/expiresAt', 'must be a time with a zone, or a date');
  if (at.getTime() <= now) throw fieldProblem('/expiresAt', 'is in the past');
  return at;
}
