import { Type } from '@fastify/type-provider-typebox';
import { listChanges, type ChangeRecord } from '../../../db/mirror/change-events.ts';
import { displayKey } from '../../../model/mirror/events.ts';
import type { Api } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { MirrorParams, Nullable, OneOf, PageOf, Time } from '../../http/schema-parts.ts';
import { overviewOf } from '../mirrors/open-mirror.ts';
import { mirrorKeyOf } from '../project-source.ts';
import { configurationsIn, unnamed, type ConfigurationNames } from './configuration-names.ts';
import type { ReadingDeps } from './open-reading.ts';
import { readAtHand } from './read-at-hand.ts';
import { configurationNames } from './reading-schema.ts';

/** A change as the API returns it. */
export const ChangeView = Type.Object({
  sequence: Type.Integer(),
  type: OneOf('config_changed', 'job_finished', 'storage_changed', 'branch_changed'),
  key: Type.String({ description: 'projectId-branchId-componentId-versionIdentifier.' }),
  componentId: Nullable(Type.String()),
  configId: Nullable(Type.String()),
  ...configurationNames,
  versionIdentifier: Type.String(),
  version: Nullable(Type.Integer()),
  author: Nullable(Type.String()),
  occurredAt: Time,
  receivedAt: Time,
  description: Nullable(Type.String()),
  state: OneOf('waiting', 'batched', 'delivered'),
  batchId: Nullable(Type.String()),
  commitSha: Nullable(Type.String()),
  deliveredAt: Nullable(Time),
});

const ChangesQuery = Type.Interface([PageQuery], {
  state: Type.Optional(OneOf('all', 'waiting', 'delivered')),
});
const number = /^\d{1,15}$/;

/** The route that lists the changes that a mirror accepted, whether they were sent or not. */
export function addChangeRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/changes',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'Accepted changes, newest first',
        params: MirrorParams,
        querystring: ChangesQuery,
        response: { 200: PageOf(ChangeView) },
      },
    },
    async (request) => {
      const key = await mirrorKeyOf(deps, request);
      await overviewOf(deps, key);
      const { limit, after } = pageStart(request.query, number);
      const before = after === null ? null : Number(after);
      const { state = 'all' } = request.query;
      const rows = await listChanges(deps.db, key, { state, before, limit: limit + 1 });
      const known =
        rows.length === 0
          ? null
          : await readAtHand(deps, request, (reading) =>
              configurationsIn(reading.layout.reading, reading.files(reading.head)),
            );
      return pageOf(
        rows,
        limit,
        ({ sequence }) => sequence,
        (change) =>
          changeView(
            change,
            (known ?? unnamed).names(change.componentId ?? undefined, change.configId),
          ),
      );
    },
  );
}

function changeView(change: ChangeRecord, names: ConfigurationNames) {
  const state: 'waiting' | 'batched' | 'delivered' =
    change.deliveredAt !== null ? 'delivered' : change.batchId === null ? 'waiting' : 'batched';
  return {
    sequence: change.sequence,
    type: change.type,
    key: displayKey(change),
    componentId: change.componentId,
    configId: change.configId,
    ...names,
    versionIdentifier: change.versionIdentifier,
    version: change.version,
    author: change.author,
    occurredAt: change.occurredAt,
    receivedAt: change.receivedAt,
    description: change.description,
    state,
    batchId: change.batchId,
    commitSha: change.commitSha,
    deliveredAt: change.deliveredAt,
  };
}
