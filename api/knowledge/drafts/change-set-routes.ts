import {
  insertChangeSet,
  listChangeSets,
  removeChangeSet,
  updateChangeSet,
} from '../../../db/knowledge/drafts/change-sets.ts';
import { listDrafts } from '../../../db/knowledge/drafts/drafts.ts';
import { mostInChangeSet } from '../../../model/knowledge/draft.ts';
import { uuid } from '../../../model/text/uuid.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { pageOf, pageStart, PageQuery } from '../../http/paging.ts';
import { Empty, PageOf } from '../../http/schema-parts.ts';
import { requireStorable } from '../entries/require-storable.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { ChangeSetBody, ChangeSetParams, ChangeSetPatch, ChangeSetView } from './draft-schema.ts';
import { changeSetView } from './draft-view.ts';
import { openChangeSet, ownIn } from './open-draft.ts';

const tags = ['drafts'];
const one = '/v1/spaces/:space/change-sets/:changeSet';

/** Routes of the caller's change sets: drafts of several entries that are published together. */
export const addChangeSetRoutes: AddRoutes = (api, deps) => {
  addMake(api, deps);
  addList(api, deps);
  addShow(api, deps);
  addChange(api, deps);
  addRemove(api, deps);
};

function addMake(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:space/change-sets',
    {
      config: { role: 'editor', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Begin a change of several entries',
        description: `Write drafts with its id as \`changeSet\` (at most ${mostInChangeSet}); they are published together, as one commit.`,
        params: SpaceParams,
        body: ChangeSetBody,
        response: { 201: ChangeSetView },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      requireStorable(request.body);
      const { title, description = '' } = request.body;
      const row = await insertChangeSet(deps.db, ownIn(access, request), { title, description });
      return reply.code(201).send(changeSetView({ ...row, drafts: 0 }));
    },
  );
}

function addList(api: Api, deps: ApiDeps): void {
  api.get(
    '/v1/spaces/:space/change-sets',
    {
      config: { role: 'editor', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'List your change sets',
        params: SpaceParams,
        querystring: PageQuery,
        response: { 200: PageOf(ChangeSetView) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = pageStart(request.query, uuid);
      const page = { ...ownIn(access, request), after, limit: limit + 1 };
      const rows = await listChangeSets(deps.db, page);
      return pageOf(rows, limit, ({ id }) => id, changeSetView);
    },
  );
}

function addShow(api: Api, deps: ApiDeps): void {
  api.get(
    one,
    {
      config: { role: 'editor', refuses: [404] },
      schema: {
        tags,
        summary: 'Show one of your change sets',
        description: 'Its drafts are listed by `GET …/drafts?changeSet=`.',
        params: ChangeSetParams,
        response: { 200: ChangeSetView },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const row = await openChangeSet(deps.db, access, request, request.params.changeSet);
      return changeSetView({ ...row, drafts: await countIn(deps, ownIn(access, request), row.id) });
    },
  );
}

function addChange(api: Api, deps: ApiDeps): void {
  api.patch(
    one,
    {
      config: { role: 'editor', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Give a change set another title or description',
        params: ChangeSetParams,
        body: ChangeSetPatch,
        response: { 200: ChangeSetView },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      requireStorable(request.body);
      const { id } = await openChangeSet(deps.db, access, request, request.params.changeSet);
      const own = ownIn(access, request);
      await updateChangeSet(deps.db, { ...own, id }, request.body);
      const row = await openChangeSet(deps.db, access, request, id);
      return changeSetView({ ...row, drafts: await countIn(deps, own, id) });
    },
  );
}

function addRemove(api: Api, deps: ApiDeps): void {
  api.delete(
    one,
    {
      config: { role: 'editor', refuses: [404] },
      schema: {
        tags,
        summary: 'Remove one of your change sets; its drafts are kept',
        params: ChangeSetParams,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      const { id } = await openChangeSet(deps.db, access, request, request.params.changeSet);
      await removeChangeSet(deps.db, id);
      return reply.code(204).send(null);
    },
  );
}

async function countIn(
  { db }: ApiDeps,
  own: ReturnType<typeof ownIn>,
  changeSetId: string,
): Promise<number> {
  const rows = await listDrafts(db, {
    ...own,
    changeSetId,
    after: null,
    limit: mostInChangeSet + 1,
  });
  return rows.length;
}
