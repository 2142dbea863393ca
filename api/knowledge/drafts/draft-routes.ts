import type { FastifyRequest } from 'fastify';
import {
  findDraft,
  listDrafts,
  putDraft,
  removeDrafts,
  type PutDraft,
} from '../../../db/knowledge/drafts/drafts.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { mostDrafts } from '../../../model/knowledge/draft.ts';
import { uuid } from '../../../model/text/uuid.ts';
import { inRequest } from '../../access/audited.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { Empty, PageOf } from '../../http/schema-parts.ts';
import { requireStorable } from '../entries/require-storable.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { draftContent } from './draft-content.ts';
import { DraftBody, DraftItem, DraftParams, DraftQuery, DraftView } from './draft-schema.ts';
import { draftItem, draftView } from './draft-view.ts';
import { openChangeSet, openDraft, ownIn } from './open-draft.ts';

const tags = ['drafts'];
/** Room for a text of 1 MiB with JSON escapes. */
const bodyLimit = 8 * 1024 * 1024;
const one = '/v1/spaces/:space/drafts/:draft';

/** Routes of what the caller writes before it is published. Nobody else sees it. */
export const addDraftRoutes: AddRoutes = (api, deps) => {
  addList(api, deps);
  addShow(api, deps);
  addPut(api, deps);
  addDiscard(api, deps);
};

function addList(api: Api, deps: ApiDeps): void {
  api.get(
    '/v1/spaces/:space/drafts',
    {
      config: { role: 'editor', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'List your drafts',
        description: 'Drafts are private: each caller sees their own.',
        params: SpaceParams,
        querystring: DraftQuery,
        response: { 200: PageOf(DraftItem) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = pageStart(request.query, uuid);
      const { changeSet: changeSetId, entry: entryId } = request.query;
      requireStorable({ entry: entryId ?? '' });
      const rows = await listDrafts(deps.db, {
        ...ownIn(access, request),
        ...(changeSetId === undefined ? {} : { changeSetId }),
        ...(entryId !== undefined && { entryId }),
        after,
        limit: limit + 1,
      });
      const kinds = new Map(kindsOf(access.row.kinds).map((kind) => [kind.name, kind]));
      return pageOf(
        rows,
        limit,
        ({ id }) => id,
        (row) => draftItem(row, kinds.get(row.kind) ?? null),
      );
    },
  );
}

function addShow(api: Api, deps: ApiDeps): void {
  api.get(
    one,
    {
      config: { role: 'editor', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Show one of your drafts',
        params: DraftParams,
        response: { 200: DraftView },
      },
    },
    async (request) => {
      const { access, draft } = await openDraft(deps, request);
      access.require('reader', draft.kind);
      return draftView(deps, request, access, draft);
    },
  );
}

function addPut(api: Api, deps: ApiDeps): void {
  api.put(
    one,
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      bodyLimit,
      schema: {
        tags,
        summary: 'Write a draft',
        description:
          'The id is a UUID that you choose, so that a request can be repeated. What is written may have any problem. ' +
          'There is one draft of each entry: 409 `draft_exists` names the other one.',
        params: DraftParams,
        body: DraftBody,
        response: { 200: DraftView },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      requireStorable(request.body);
      const { body } = request;
      const key = { ...ownIn(access, request), id: request.params.draft };
      const before = await findDraft(deps.db, key);
      const content = await draftContent(deps, access, body, before);
      const changeSetId = await changeSetOf(deps, request, { access, before });
      const draft = { ...key, ...content, changeSetId, seen: body.revision ?? null };
      const put = await inRequest(deps.db, async (trx) => {
        // It may be published or removed at this moment.
        if (changeSetId !== null)
          await openChangeSet(trx, access, request, changeSetId, { lock: true });
        return putDraft(trx, draft);
      });
      if (put.kind !== 'stored') throw refusalOf(put, key.id, content.entryId);
      return draftView(deps, request, access, put.row);
    },
  );
}

/** The change set that a draft will be in: the one in the request, otherwise the one that it is in. */
async function changeSetOf(
  { db }: ApiDeps,
  request: FastifyRequest<{ Body: { changeSet?: string | null } }>,
  { access, before }: { access: SpaceAccess; before: { changeSetId: string | null } | null },
): Promise<string | null> {
  const { changeSet } = request.body;
  if (changeSet === undefined) return before?.changeSetId ?? null;
  return changeSet === null ? null : (await openChangeSet(db, access, request, changeSet)).id;
}

function refusalOf(
  put: Exclude<PutDraft, { kind: 'stored' }>,
  id: string,
  entryId: string,
): ApiProblem {
  switch (put.kind) {
    case 'moved':
      return new ApiProblem(
        409,
        'draft_moved',
        put.row === null
          ? `There is no draft ${id} any more: it was published or discarded. Write it again without \`revision\`.`
          : `The draft ${id} was written again since, by another of your windows: it is at revision ${put.row.revision}. Compare both, and write it with that revision.`,
        [],
        null,
        { revision: put.row?.revision ?? null, text: put.row?.content ?? null },
      );
    case 'other':
      return new ApiProblem(
        409,
        'draft_exists',
        `You have another draft of ${entryId}: ${put.id}. Go on with that one, or discard it.`,
        [],
        null,
        { draft: put.id },
      );
    case 'too_many':
      return new ApiProblem(
        409,
        'too_many_drafts',
        `You have ${mostDrafts} drafts in this space: publish or discard some of them.`,
      );
    case 'id_taken':
      return new ApiProblem(409, 'draft_exists', `The id ${id} is taken. Choose another UUID.`);
  }
}

function addDiscard(api: Api, deps: ApiDeps): void {
  api.delete(
    one,
    {
      config: { role: 'editor', refuses: [404] },
      schema: {
        tags,
        summary: 'Discard one of your drafts',
        params: DraftParams,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { draft } = await openDraft(deps, request);
      await removeDrafts(deps.db, [draft.id]);
      return reply.code(204).send(null);
    },
  );
}
