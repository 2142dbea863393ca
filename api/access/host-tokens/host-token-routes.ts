import { listHostTokens, putHostToken, removeHostToken } from '../../../db/access/host-tokens.ts';
import { ownerOf } from '../../../db/access/owned.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { Empty } from '../../http/schema-parts.ts';
import { originFrom } from '../../streams/credentials/credential-origin.ts';
import { audited } from '../audited.ts';
import { requirePerson } from '../require-person.ts';
import {
  HostTokenBody,
  HostTokenList,
  HostTokenQuery,
  hostTokenView,
  HostTokenView,
} from './host-token-schema.ts';

const tags = ['people'];
const path = '/v1/me/host-tokens';

/** Somebody's own tokens of Git hosts, with which what they say about a review is said there in their name. */
export const addHostTokenRoutes: AddRoutes = (api, { db, sealer, addressPolicy }) => {
  api.put(
    path,
    {
      config: { role: 'reader', refuses: [409, 422] },
      schema: {
        tags,
        summary: 'Store your own token of a Git host, or another one',
        description:
          'What you say about a review is then said there in your name. It is used for nothing else, for nobody else, and sent to no other origin.',
        body: HostTokenBody,
        response: { 200: HostTokenView },
      },
    },
    async (request) => {
      const caller = requirePerson(request, 'have tokens of hosts');
      const { token } = request.body;
      const origin = originFrom(request.body.origin, addressPolicy);
      const row = await audited(
        db,
        request,
        async (trx) => {
          const others = (await listHostTokens(trx, caller)).filter((one) => one.origin !== origin);
          if (others.length >= mostHostTokens) throw tooMany();
          return putHostToken(trx, sealer, caller, { origin, token });
        },
        () => ({ action: 'host-token.store', target: ownerOf(caller), detail: { origin } }),
      );
      return hostTokenView(row);
    },
  );

  api.get(
    path,
    {
      config: { role: 'reader', refuses: [403] },
      schema: {
        tags,
        summary: 'List your own tokens of Git hosts, without secrets',
        response: { 200: HostTokenList },
      },
    },
    async (request) => {
      const rows = await listHostTokens(db, requirePerson(request, 'have tokens of hosts'));
      return { items: rows.map(hostTokenView) };
    },
  );

  api.delete(
    path,
    {
      config: { role: 'reader', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Remove your own token of a Git host',
        querystring: HostTokenQuery,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request, 'have tokens of hosts');
      const origin = originFrom(request.query.origin, addressPolicy);
      const removed = await audited(
        db,
        request,
        (trx) => removeHostToken(trx, caller, origin),
        (gone) =>
          gone
            ? { action: 'host-token.remove', target: ownerOf(caller), detail: { origin } }
            : null,
      );
      if (!removed)
        throw new ApiProblem(
          404,
          'host_token_not_found',
          `You have no token for ${origin}. \`gitward host-tokens list\` lists those that you have.`,
        );
      return reply.code(204).send(null);
    },
  );
};

/** How many hosts somebody may have tokens for. */
const mostHostTokens = 20;

function tooMany(): ApiProblem {
  return new ApiProblem(
    409,
    'too_many_host_tokens',
    `You have tokens for ${mostHostTokens} hosts already. Remove one that you no longer need.`,
  );
}
