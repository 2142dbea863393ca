import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { listItems } from '../../../db/knowledge/operation-items.ts';
import {
  findOperation,
  listOperations,
  noteEnded,
  type Operation,
} from '../../../db/knowledge/operations.ts';
import { sameActor } from '../../../model/access/actor.ts';
import {
  hasEnded,
  itemOutcomes,
  troubledOutcomes,
  type ItemOutcome,
} from '../../../model/knowledge/operation.ts';
import { audited } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { createEventStreams } from '../../http/event-stream.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { eventsAnswer, OneOf, PageOf } from '../../http/schema-parts.ts';
import { signalOperation } from '../../streams/signals.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { OperationParams, OperationView, OperationWithItems } from './operation-schema.ts';
import { itemView, operationView } from './operation-view.ts';
import { findSeenOperation, seesAllKinds } from './seen-operation.ts';
import { uuid } from '../../../model/text/uuid.ts';

/** Routes that show the progress of bulk operations on a space, and cancel them. */
export const addOperationRoutes: AddRoutes = (api, deps) => {
  addReads(api, deps);
  addCancel(api, deps);
};

const tags = ['operations'];

function addReads(api: Api, deps: ApiDeps): void {
  const { db } = deps;
  const streams = createEventStreams(api, deps);
  api.get(
    '/v1/spaces/:space/operations',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Operations, newest first',
        params: SpaceParams,
        querystring: PageQuery,
        response: { 200: PageOf(OperationView) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = pageStart(request.query, uuid);
      const rows = await listOperations(db, access.row.id, {
        by: seesAllKinds(access) ? null : callerOf(request),
        after,
        limit: limit + 1,
      });
      const page = pageOf(
        rows,
        limit,
        ({ id }) => id,
        (row) => row,
      );
      const kinds = access.kinds('reader');
      const items = page.items.map((row) => operationView(db, row, kinds));
      return { ...page, items: await Promise.all(items) };
    },
  );
  api.get(
    '/v1/spaces/:space/operations/:operation',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: "An operation's progress",
        params: OperationParams,
        querystring: Type.Object({
          ...PageQuery.properties,
          items: Type.Optional(OneOf('all', 'failed')),
          outcome: Type.Optional(
            Type.Unsafe<ItemOutcome>({
              ...OneOf(...itemOutcomes),
              description: 'Only items with this outcome.',
            }),
          ),
        }),
        response: { 200: OperationWithItems },
      },
    },
    async (request) => {
      const { row, access } = await operationOf(deps, request);
      const view = await operationView(db, row, access.kinds('reader'));
      const { items: asked, outcome } = request.query;
      if (asked === undefined) return view;
      const { limit, after } = pageStart(request.query, /^\d{1,9}$/);
      const rows = await listItems(db, row.id, {
        outcomes: outcome !== undefined ? [outcome] : asked === 'failed' ? troubledOutcomes : null,
        after: after === null ? null : Number(after),
        limit: limit + 1,
      });
      return { ...view, items: pageOf(rows, limit, ({ ordinal }) => ordinal, itemView) };
    },
  );
  api.get(
    '/v1/spaces/:space/operations/:operation/stream',
    {
      config: { role: 'agent', refuses: [404] },
      // A HEAD request would wait for the end of the stream.
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Follow an operation (server-sent events)',
        description:
          'Each event is named `status` and contains what GET of the operation returns. When the operation has ended, the stream ends after a last event.',
        params: OperationParams,
        response: { 200: eventsAnswer },
      },
    },
    async (request, reply) => {
      const { access, ...opened } = await operationOf(deps, request);
      const { id } = opened.row;
      const kinds = access.kinds('reader');
      await streams.send(request, reply, `operation/${id}`, async () => {
        const row = await findOperation(db, id);
        return row && { view: await operationView(db, row, kinds), isLast: hasEnded(row.state) };
      });
    },
  );
}

function addCancel(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:space/operations/:operation/actions/cancel',
    {
      config: { role: 'editor', refuses: [404] },
      schema: {
        tags,
        summary: 'Cancel an operation',
        description: 'What it has already done stays. Cancelling an ended operation does nothing.',
        params: OperationParams,
        response: { 200: OperationView },
      },
    },
    async (request) => {
      const { row, access } = await operationOf(deps, request);
      if (!sameActor(row, callerOf(request))) access.requireAll('operator');
      const ended = await audited(
        deps.db,
        request,
        (transaction) => noteEnded(transaction, row.id, 'cancelled'),
        (cancelled) => cancelled && { action: 'operation.cancel', target: `operation/${row.id}` },
      );
      if (ended !== null)
        await signalOperation(request.log, `cancel operation ${row.id}`, () =>
          deps.spaces.cancelOperation(row.id),
        );
      return operationView(deps.db, ended ?? row, access.kinds('reader'));
    },
  );
}

/**
 * The operation that the path names, for a caller who may see the whole space, or who started it.
 * Throws 404 if there is none.
 */
async function operationOf(
  deps: ApiDeps,
  request: FastifyRequest,
): Promise<{ row: Operation; access: SpaceAccess }> {
  const access = await spaceOf(deps, request);
  const { operation: id } = request.params as { operation: string };
  const row = await findSeenOperation(deps.db, callerOf(request), access, id);
  if (row !== null) return { row, access };
  const detail = `Space ${access.row.id} has no operation ${id}.`;
  throw new ApiProblem(404, 'operation_not_found', detail);
}
