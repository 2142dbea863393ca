import { Type } from '@fastify/type-provider-typebox';
import { readLastDelivery } from '../../../db/knowledge/webhook-deliveries.ts';
import { webhookSchemes } from '../../../model/knowledge/space.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { Nullable, OneOf, Time } from '../../http/schema-parts.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';

const WebhookState = Type.Object({
  url: Type.String({ description: 'What the host is given as the address of the webhook.' }),
  scheme: Nullable(OneOf(...webhookSchemes)),
  lastDelivery: Nullable({
    ...Time,
    description:
      'When the host last delivered anything with a right signature, also what is ignored; `null` if it has not within 30 days.',
  }),
});

/** The route that says what a Git host has to be told about a webhook, and whether it works. */
export const addWebhookStateRoute: AddRoutes = (api, deps) => {
  api.get(
    '/v1/spaces/:space/webhook',
    {
      config: { role: 'operator', refuses: [404] },
      schema: {
        tags: ['webhooks'],
        summary: "Where a space's webhook goes, and when it was last heard",
        params: SpaceParams,
        response: { 200: WebhookState },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      // When something was pushed is about every kind.
      access.requireAll('operator');
      const { row } = access;
      const at = await readLastDelivery(deps.db, row.id);
      return {
        url: `${deps.publicUrl()}/v1/webhooks/${encodeURIComponent(row.id)}`,
        scheme: row.webhookScheme,
        lastDelivery: at?.toISOString() ?? null,
      };
    },
  );
};
