import { Type } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger } from 'fastify';
import { randomBytes } from 'node:crypto';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import {
  findSpace,
  openWebhook,
  type Space,
  type SpaceWebhook,
} from '../../../db/knowledge/spaces.ts';
import { noteDelivery } from '../../../db/knowledge/webhook-deliveries.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { ApiProblem } from '../../http/problem.ts';
import { Id, refusals } from '../../http/schema-parts.ts';
import { signalSpace } from '../../streams/signals.ts';
import { deliveryId, hasSignature, isSigned, mayBePush, type Posted } from './webhook-schemes.ts';

/** A push that names more commits than that is found by asking for the tip. */
const bodyLimit = 1024 * 1024;

/** A space's webhook, and what opens it. */
type Hook = { row: Space } & SpaceWebhook;

/** Webhooks of the hosts of spaces' repositories: hints, and nothing more. */
export const addWebhookRoutes: AddRoutes = (api, deps) => {
  void api.register((scope, _options, done) => {
    // What is signed is the bytes, whatever a parser would make of them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.post(
      '/v1/webhooks/:space',
      {
        config: { role: 'public' },
        bodyLimit,
        schema: {
          tags: ['webhooks'],
          security: [],
          summary: "Where a repository's host reports pushes",
          description:
            "Signed as the space's scheme has it, by one of its secrets: GitHub's `X-Hub-Signature-256`, Gitea's and Forgejo's " +
            "`X-Gitea-Signature`, GitLab's `X-Gitlab-Token` or `webhook-signature`. It is a hint: what the branch holds is asked of it. " +
            'A delivery that came before, another event and another branch are accepted and change nothing. 401 ' +
            '`signature_missing` without any signature, and `webhook_refused` where there is no such webhook or no secret of it fits, ' +
            "which is not told apart here: Gitward's log says which.",
          params: Type.Object({ space: Id }),
          response: {
            202: Type.Object({
              duplicate: Type.Boolean({ description: 'The delivery came before.' }),
              ignored: Type.Boolean({ description: 'It is of another branch, or no push.' }),
            }),
            ...refusals,
          },
        },
      },
      async (request, reply) => {
        const { space: spaceId } = request.params as { space: string };
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const posted = { headers: request.headers, body };
        const { row, scheme } = await requireSigned(deps, request.log, spaceId, posted);
        if (!mayBePush(scheme, posted, row.repositoryBranch))
          return reply.code(202).send({ duplicate: false, ignored: true });
        const id = deliveryId(scheme, posted);
        if (id !== null && !(await noteDelivery(deps.db, spaceId, id)))
          return reply.code(202).send({ duplicate: true, ignored: false });
        // Where Temporal is away the next poll finds what was pushed.
        await signalSpace(deps.spaces, request.log, spaceId, 'syncNow');
        return reply.code(202).send({ duplicate: false, ignored: false });
      },
    );
    done();
  });
};

/** The space's webhook, if it signed this; else the 401, which does not tell whether the space is there. */
async function requireSigned(
  deps: ApiDeps,
  log: FastifyBaseLogger,
  spaceId: string,
  posted: Posted,
): Promise<Hook> {
  if (!hasSignature(posted))
    throw new ApiProblem(
      401,
      'signature_missing',
      "This is not signed. Give the host the webhook's secret (GitLab: as its secret token).",
    );
  const hook = await findHook(deps, spaceId);
  // Also without a webhook something is compared: the time that it takes tells no more than the answer.
  const { scheme, secrets } = hook ?? unknownHook;
  if (isSigned(scheme, posted, secrets) && hook !== null) return hook;
  log.warn(
    { space: spaceStream(spaceId) },
    hook === null
      ? 'A webhook was refused: there is no such space, or it has no webhook.'
      : `A webhook was refused: no secret of the space signed it by the scheme ${scheme}. Compare the secret at the host, and the scheme.`,
  );
  throw new ApiProblem(
    401,
    'webhook_refused',
    `There is no webhook of a space ${spaceId}, or none of its secrets signed this. Compare scheme and secret; Gitward's log says which it is.`,
  );
}

const unknownHook: SpaceWebhook = {
  scheme: 'github',
  secrets: [randomBytes(32).toString('hex')],
};

async function findHook({ db, sealer }: ApiDeps, spaceId: string): Promise<Hook | null> {
  const row = await findSpace(db, spaceId);
  if (row?.endedAt !== null) return null;
  const webhook = openWebhook(sealer, row);
  return webhook && { row, ...webhook };
}
