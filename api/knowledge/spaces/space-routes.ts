import { Type } from '@fastify/type-provider-typebox';
import { listSpaceOverviews } from '../../../db/knowledge/space-status.ts';
import { endSpace, insertSpace, listSpaces, updateSpace } from '../../../db/knowledge/spaces.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { audited } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { Empty, PageOf } from '../../http/schema-parts.ts';
import { SpaceBody, SpaceChange, SpaceParams, SpaceView } from './space-schema.ts';
import { signalSpace } from '../../streams/signals.ts';
import { kindsSeen, seenSpaces, spaceNotFound, spaceOf } from './space-access.ts';
import { newSpace, spaceChange, spaceRefused } from './space-settings.ts';
import { spaceView, viewOf } from './space-view.ts';
import { requireChannels } from '../../streams/channels/notify-schema.ts';

const tags = ['spaces'];

/** Routes that create, show, change and end knowledge spaces. */
export const addSpaceRoutes: AddRoutes = (api, deps) => {
  addCreate(api, deps);
  addReads(api, deps);
  addChange(api, deps);
  addEnd(api, deps);
};

function addCreate(api: Api, deps: ApiDeps): void {
  const { db, sealer, addressPolicy } = deps;
  api.post(
    '/v1/spaces',
    {
      // Someone who can choose the repository could have a credential sent to their own host.
      config: { role: 'admin', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Create a space for a folder of a repository',
        description:
          'The contents of the folder are read at once. No other space or mirror may write to it.',
        body: SpaceBody,
        response: { 201: SpaceView },
      },
    },
    async (request, reply) => {
      const { id } = request.body;
      const settings = newSpace(request.body, addressPolicy);
      await requireChannels(db, settings.rules.notify, '/rules/notify/channels');
      const { repository, root, checks } = settings;
      await audited(
        db,
        request,
        async (transaction) => {
          const result = await insertSpace(transaction, sealer, id, settings);
          if (result.kind === 'exists') throw spaceExists(id, result.ended);
          if (result.kind !== 'stored') throw spaceRefused(result);
        },
        () => ({
          action: 'space.create',
          target: spaceStream(id),
          detail: { repository, root, checks },
        }),
      );
      await signalSpace(deps.spaces, request.log, id, 'spaceChanged');
      return reply.code(201).send(await viewOf(deps, request, id));
    },
  );
}

function addReads(api: Api, deps: ApiDeps): void {
  const { db, sealer } = deps;
  api.get(
    '/v1/spaces',
    {
      config: { role: 'agent', refuses: [422] },
      schema: {
        tags,
        summary: 'List the spaces that the caller may see',
        querystring: PageQuery,
        response: { 200: PageOf(SpaceView) },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { limit, after } = pageStart(request.query, /^[\w.-]{1,64}$/);
      const rows = await listSpaces(db, { only: seenSpaces(caller), after, limit: limit + 1 });
      return pageOf(
        await listSpaceOverviews(db, rows, (id) => kindsSeen(caller, id)),
        limit,
        ({ row }) => row.id,
        (overview) => spaceView(sealer, overview),
      );
    },
  );
  api.get(
    '/v1/spaces/:space',
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags,
        summary: "A space's state",
        description: 'Only needs the database, so it also works while Temporal is unavailable.',
        params: SpaceParams,
        response: { 200: SpaceView },
      },
    },
    async (request) => {
      const { row } = await spaceOf(deps, request);
      return viewOf(deps, request, row.id);
    },
  );
}

function addChange(api: Api, deps: ApiDeps): void {
  const { db, sealer, addressPolicy } = deps;
  api.patch(
    '/v1/spaces/:space',
    {
      config: { role: 'admin', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Change a space',
        description:
          'What is not given stays as it is. A space that moves to another place is read again from there, and waiting saves are applied to what ' +
          'is there; the root cannot be changed while saves are waiting.',
        params: SpaceParams,
        body: SpaceChange,
        response: { 200: SpaceView },
      },
    },
    async (request) => {
      const { row } = await spaceOf(deps, request);
      const { id } = row;
      const change = spaceChange(request.body, addressPolicy);
      await requireChannels(db, request.body.rules?.notify, '/rules/notify/channels');
      const { repository, root, checks } = request.body;
      const detail = { changed: Object.keys(request.body), repository, root, checks };
      await audited(
        db,
        request,
        async (transaction) => {
          const result = await updateSpace(transaction, sealer, id, change);
          if (result.kind === 'not_found') throw spaceNotFound(id);
          if (result.kind === 'saves_waiting') throw rootHeld(result.count);
          if (result.kind !== 'stored') throw spaceRefused(result);
        },
        () => ({ action: 'space.change', target: spaceStream(id), detail }),
      );
      // A new place or credential may fix an outage.
      await signalSpace(deps.spaces, request.log, id, 'spaceChanged', 'retryNow');
      return viewOf(deps, request, id);
    },
  );
}

function addEnd(api: Api, deps: ApiDeps): void {
  api.delete(
    '/v1/spaces/:space',
    {
      config: { role: 'admin', refuses: [404, 409] },
      schema: {
        tags,
        summary: 'End a space; the repository stays as it is',
        description:
          'Refused while saves are waiting, unless `force` is given: then they will never be sent. The id cannot be used again.',
        params: SpaceParams,
        querystring: Type.Object({ force: Type.Optional(Type.Boolean({ default: false })) }),
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { row } = await spaceOf(deps, request);
      const { id } = row;
      const { force = false } = request.query;
      await audited(
        deps.db,
        request,
        async (transaction) => {
          const result = await endSpace(transaction, id, force);
          if (result.kind === 'not_found') throw spaceNotFound(id);
          if (result.kind === 'saves_waiting') throw endHeld(result.count);
        },
        () => ({ action: 'space.end', target: spaceStream(id), detail: { force } }),
      );
      await signalSpace(deps.spaces, request.log, id, 'spaceChanged');
      return reply.code(204).send(null);
    },
  );
}

function spaceExists(id: string, ended: boolean): ApiProblem {
  return new ApiProblem(
    409,
    'space_exists',
    ended
      ? `There used to be a space ${id}, and its history is kept under this id. Choose another id.`
      : `There already is a space ${id}. Change it with PATCH, or choose another id.`,
    [{ pointer: '/id', message: 'is taken' }],
  );
}

function rootHeld(count: number): ApiProblem {
  return new ApiProblem(
    409,
    'saves_waiting',
    `${count} save(s) for files below the current root are waiting. Wait until they are in Git, or settle what blocks them.`,
    [{ pointer: '/root', message: 'cannot be changed while saves are waiting' }],
  );
}

function endHeld(count: number): ApiProblem {
  return new ApiProblem(
    409,
    'saves_waiting',
    `${count} save(s) are not in Git yet. Wait until they are, or end the space with ?force=true: then they will never be sent.`,
  );
}
