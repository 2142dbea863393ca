import { SealError } from '../../../db/sealing.ts';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger } from 'fastify';
import { randomBytes } from 'node:crypto';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import { lookAtReviewsNow } from '../../../db/knowledge/reviews/review-marks.ts';
import {
  findSpace,
  openWebhook,
  type Space,
  type SpaceWebhook,
} from '../../../db/knowledge/spaces.ts';
import { noteDelivery } from '../../../db/knowledge/webhook-deliveries.ts';
import { ApiProblem } from '../../http/problem.ts';
import { Id } from '../../http/schema-parts.ts';
import { signalSpace } from '../../streams/signals.ts';
import { deliveryId, hasSignature, isSigned, mayBeNews, type Posted } from './webhook-schemes.ts';

/** A push with so many commits that it is larger than this is found by polling the branch. */
const bodyLimit = 1024 * 1024;

/** A space and its webhook, with the secrets. */
type Hook = { row: Space } & SpaceWebhook;

/** The route for webhooks from the hosts of spaces' repositories; they are only hints. */
export const addWebhookRoutes: AddRoutes = (api, deps) => {
  void api.register((scope, _options, done) => {
    // The signature is over the raw bytes, so no parser may touch them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.post(
      '/v1/webhooks/:space',
      {
        config: { role: 'public', refuses: [401] },
        bodyLimit,
        schema: {
          tags: ['webhooks'],
          security: [],
          summary: "Where a repository's host reports pushes, and what happens to pull requests",
          description:
            "Signed according to the space's scheme, with one of its secrets: GitHub's `X-Hub-Signature-256`, Gitea's and Forgejo's " +
            "`X-Gitea-Signature`, GitLab's `X-Gitlab-Token` or `webhook-signature`. It is only a hint: Gitward asks the host itself. " +
            'Repeated deliveries, other events and pushes to other branches are accepted and ignored. 401 ' +
            '`signature_missing` if there is no signature, and `webhook_refused` if there is no such webhook or none of its secrets matches, ' +
            "which the answer does not distinguish: Gitward's log says which it was.",
          params: Type.Object({ space: Id }),
          response: {
            202: Type.Object({
              duplicate: Type.Boolean({ description: 'The delivery was received before.' }),
              ignored: Type.Boolean({
                description: 'It is a push to another branch, or about something else.',
              }),
            }),
          },
        },
      },
      async (request, reply) => {
        const { space: spaceId } = request.params as { space: string };
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const posted = { headers: request.headers, body };
        const { row, scheme } = await requireSigned(deps, request.log, spaceId, posted);
        const ignored = !mayBeNews(scheme, posted, row.repositoryBranch);
        const id = deliveryId(scheme, posted);
        // What is ignored still shows that the webhook works, as the first one of most hosts does.
        const duplicate = id !== null && !(await noteDelivery(deps.db, spaceId, id));
        if (ignored || duplicate) return reply.code(202).send({ duplicate, ignored });
        await lookAtReviewsNow(deps.db, spaceId);
        // If Temporal is unavailable, the next poll finds what happened.
        await signalSpace(deps.spaces, request.log, spaceId, 'syncNow');
        return reply.code(202).send({ duplicate: false, ignored: false });
      },
    );
    done();
  });
};

/**
 * The space's webhook, if the request was signed with one of its secrets. Otherwise throws 401,
 * which does not reveal whether the space exists.
 */
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
  const hook = await findHook(deps, log, spaceId);
  // Something is compared even without a webhook, so that the time it takes reveals no more than
  // the answer.
  const { scheme, secrets } = hook ?? unknownHook;
  if (isSigned(scheme, posted, secrets) && hook !== null) return hook;
  log.warn(
    { space_id: spaceId },
    hook === null
      ? 'A webhook was refused: there is no such space, or it has no webhook.'
      : `A webhook was refused: its signature matches none of the space's secrets in the scheme ${scheme}. Compare the secret and the scheme with the host's settings.`,
  );
  throw new ApiProblem(
    401,
    'webhook_refused',
    `There is no webhook for a space ${spaceId}, or this was signed with none of its secrets. Compare scheme and secret; Gitward's log says which it is.`,
  );
}

const unknownHook: SpaceWebhook = {
  scheme: 'github',
  secrets: [randomBytes(32).toString('hex')],
};

async function findHook(
  { db, sealer }: ApiDeps,
  log: FastifyBaseLogger,
  spaceId: string,
): Promise<Hook | null> {
  const row = await findSpace(db, spaceId);
  if (row?.endedAt !== null) return null;
  try {
    const webhook = openWebhook(sealer, row);
    return webhook && { row, ...webhook };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    log.error({ err: error, space_id: spaceId }, "A webhook's secrets cannot be opened");
    // A stranger must not learn from the answer that the space exists.
    return null;
  }
}
