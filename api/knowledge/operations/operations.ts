import { randomUUID } from 'node:crypto';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { insertItems, listItems, type NewItem } from '../../../db/knowledge/operation-items.ts';
import {
  findOperation,
  insertOperation,
  listOperations,
  noteEnded,
  type NewOperation,
  type Operation,
} from '../../../db/knowledge/operations.ts';
import type { OperationSettings, OperationType } from '../../../model/knowledge/operation.ts';
import { audited } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import { createEventStreams } from '../../http/event-stream.ts';
import { importOf } from './import-items.ts';
import { itemView, operationView } from './operation-view.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import {
  ImportBody,
  OperationBody,
  OperationParams,
  OperationView,
  OperationWithItems,
} from './operation-schema.ts';
import { Id, OneOf, PageOf, refusals } from '../../http/schema-parts.ts';
import { signalOperation } from '../../streams/signals.ts';
import { personOf, spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import { hasEnded } from '../../../model/knowledge/operation.ts';

/** Tables and folders come whole. */
const importLimit = 64 * 1024 * 1024;
const plain: OperationSettings = { kind: null, update: true, items: 'texts' };

/** Bulk operations on a space. */
export const addOperationRoutes: AddRoutes = (api, deps) => {
  addWhole(api, deps, {
    type: 'export',
    summary: 'Export everything to Git',
    description:
      'What waits is sent, index files are made right, and what the branch lacks is saved again.',
  });
  addWhole(api, deps, {
    type: 'sync',
    summary: 'Sync everything from Git',
    description: 'Every file of the branch is read again, whatever is known of it.',
  });
  addImport(api, deps);
  addReads(api, deps);
  addCancel(api, deps);
};

const tags = ['operations'];
const SpaceParams = Type.Object({ s: Id });

/** An operation on all of a space. */
function addWhole(
  api: Api,
  deps: ApiDeps,
  { type, summary, description }: { type: 'export' | 'sync'; summary: string; description: string },
): void {
  api.post(
    `/v1/spaces/:s/${type}`,
    {
      config: { role: 'operator' },
      schema: {
        tags,
        summary,
        description,
        params: SpaceParams,
        body: OperationBody,
        response: { 202: OperationView, ...refusals },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      requireWhole(access, request);
      const { dryRun = false } = request.body;
      const row = await start(deps, request, access, { type, dryRun, settings: plain, items: [] });
      return reply.code(202).send(await operationView(deps.db, row));
    },
  );
}

function addImport(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:s/import',
    {
      config: { role: 'editor' },
      bodyLimit: importLimit,
      schema: {
        tags,
        summary: 'Import files, or a table',
        description:
          'Entries that are there are changed where they differ, and nowhere else; what is wrong with an item stops ' +
          'nothing else. Importing the same again changes nothing.',
        params: SpaceParams,
        body: ImportBody,
        response: { 202: OperationView, ...refusals },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      const { dryRun = false } = request.body;
      const { settings, items } = await importOf(request.body, access);
      const row = await start(deps, request, access, { type: 'import', dryRun, settings, items });
      return reply.code(202).send(await operationView(deps.db, row));
    },
  );
}

function addReads(api: Api, deps: ApiDeps): void {
  const { db } = deps;
  const streams = createEventStreams(api, deps);
  api.get(
    '/v1/spaces/:s/operations',
    {
      config: { role: 'agent' },
      schema: {
        tags,
        summary: 'Operations, newest first',
        params: SpaceParams,
        querystring: PageQuery,
        response: { 200: PageOf(OperationView), ...refusals },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = pageStart(request.query, uuidPattern);
      const rows = await listOperations(db, access.row.id, {
        tokenId: seesAll(access) ? null : callerOf(request).id,
        after,
        limit: limit + 1,
      });
      const page = pageOf(
        rows,
        limit,
        ({ id }) => id,
        (row) => row,
      );
      return { ...page, items: await Promise.all(page.items.map((row) => operationView(db, row))) };
    },
  );
  api.get(
    '/v1/spaces/:s/operations/:o',
    {
      config: { role: 'agent' },
      schema: {
        tags,
        summary: 'How far an operation is',
        params: OperationParams,
        querystring: Type.Object({
          ...PageQuery.properties,
          items: Type.Optional(OneOf('all', 'failed')),
        }),
        response: { 200: OperationWithItems, ...refusals },
      },
    },
    async (request) => {
      const row = await operationOf(deps, request);
      const view = await operationView(db, row);
      const { items: asked } = request.query;
      if (asked === undefined) return view;
      const { limit, after } = pageStart(request.query, /^\d{1,9}$/);
      const rows = await listItems(db, row.id, {
        troubled: asked === 'failed',
        after: after === null ? null : Number(after),
        limit: limit + 1,
      });
      return { ...view, items: pageOf(rows, limit, ({ ordinal }) => ordinal, itemView) };
    },
  );
  api.get(
    '/v1/spaces/:s/operations/:o/stream',
    {
      config: { role: 'agent' },
      // A HEAD would wait for the end of the stream.
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'An operation as it goes on (server-sent events)',
        description:
          'Each event is `status` with what GET of the operation answers; after the one with its end the stream ends.',
        params: OperationParams,
        response: {
          200: {
            description: 'Events',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      let row = await operationOf(deps, request);
      await streams.send(request, reply, await operationView(db, row), async () => {
        if (hasEnded(row.state)) return null;
        const now = await findOperation(db, row.id);
        if (now === null) return null;
        row = now;
        return operationView(db, row);
      });
    },
  );
}

function addCancel(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:s/operations/:o/cancel',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Stop an operation',
        description: 'What it has done stays. Nothing happens where it has ended.',
        params: OperationParams,
        response: { 200: OperationView, ...refusals },
      },
    },
    async (request) => {
      const row = await operationOf(deps, request);
      const access = await spaceOf(deps, request);
      if (row.tokenId !== callerOf(request).id) requireWhole(access, request);
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
      return operationView(deps.db, ended ?? row);
    },
  );
}

/** Stores an operation with its items, and has it run; where Temporal is away the relay starts it. */
async function start(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  asked: {
    type: OperationType;
    dryRun: boolean;
    settings: OperationSettings;
    items: NewItem[];
  },
): Promise<Operation> {
  const caller = callerOf(request);
  const { items, ...what } = asked;
  const operation: NewOperation = {
    ...what,
    id: randomUUID(),
    spaceId: access.row.id,
    person: personOf(caller),
    tokenId: caller.id,
  };
  const { id } = operation;
  const row = await audited(
    deps.db,
    request,
    async (transaction) => {
      const stored = await insertOperation(transaction, operation);
      if (items.length === 0) return stored;
      await insertItems(transaction, id, items);
      return (await findOperation(transaction, id)) ?? stored;
    },
    () => ({
      action: `space.${what.type}`,
      target: `space/${access.row.id}`,
      detail: { operation: id, dryRun: what.dryRun, items: items.length },
    }),
  );
  await signalOperation(request.log, `start operation ${id}`, () => deps.spaces.runOperation(id));
  return row;
}

/** The operation that the path names, for a caller who may see all of the space, or who asked for it. */
async function operationOf(deps: ApiDeps, request: FastifyRequest): Promise<Operation> {
  const access = await spaceOf(deps, request);
  const { o: id } = request.params as { o: string };
  const row = await findOperation(deps.db, id);
  const isSeen =
    row?.spaceId === access.row.id && (seesAll(access) || row.tokenId === callerOf(request).id);
  if (isSeen) return row;
  const detail = `Space ${access.row.id} has no operation ${id}.`;
  throw new ApiProblem(404, 'operation_not_found', detail);
}

/** Whether the caller may read entries of all kinds: an operation tells of them. */
function seesAll(access: SpaceAccess): boolean {
  return access.kinds('reader') === null;
}

function requireWhole(access: SpaceAccess, request: FastifyRequest): void {
  if (access.kinds('operator') === null) return;
  throw new ApiProblem(
    403,
    'role_insufficient',
    `This needs the role operator for all of ${access.row.id}; the token "${callerOf(request).name}" does not have it.`,
  );
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
