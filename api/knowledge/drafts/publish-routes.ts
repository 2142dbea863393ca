import type { FastifyRequest } from 'fastify';
import { listDrafts, type Draft } from '../../../db/knowledge/drafts/drafts.ts';
import { messageOf } from '../../../model/knowledge/review.ts';
import { mostInChangeSet } from '../../../model/knowledge/draft.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { WaitQuery } from '../entries/entry-schema.ts';
import { requireStorable } from '../entries/require-storable.ts';
import { ringAndWait } from '../entries/save-entry.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import { reviewLink } from '../reviews/review-view.ts';
import { ChangeSetParams, DraftParams, PublishBody, PublishedView } from './draft-schema.ts';
import { openChangeSet, openDraft, ownIn } from './open-draft.ts';
import { publish, type Published } from './publish.ts';

const tags = ['drafts'];
/** What both routes say of an answer. */
const late =
  '202 if `wait=commit` took too long (what was published is still accepted), or if others have to approve it first (`review`).';

/** Routes that make drafts saves. */
export const addPublishRoutes: AddRoutes = (api, deps) => {
  addPublishDraft(api, deps);
  addPublishChangeSet(api, deps);
};

function addPublishDraft(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:space/drafts/:draft/actions/publish',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Publish one of your drafts',
        description: `It becomes a save, and is no draft any more. ${late}`,
        params: DraftParams,
        querystring: WaitQuery,
        body: PublishBody,
        response: { 200: PublishedView, 202: PublishedView },
      },
    },
    async (request, reply) => {
      const { access, draft } = await openDraft(deps, request);
      requireStorable(request.body);
      const published = await publish(deps, request, access, {
        drafts: [draft],
        changeSet: null,
        message: request.body.message ?? null,
        wait: request.query.wait === 'commit',
      });
      const isLate = await waitForLast(deps, request, access, published);
      return reply.code(isLate ? 202 : 200).send(publishedView(published));
    },
  );
}

function addPublishChangeSet(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:space/change-sets/:changeSet/actions/publish',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Publish all drafts of a change set as one commit',
        description: `All of them or, if one cannot be saved, none. ${late}`,
        params: ChangeSetParams,
        querystring: WaitQuery,
        response: { 200: PublishedView, 202: PublishedView },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      const changeSet = await openChangeSet(deps.db, access, request, request.params.changeSet);
      const page = { ...ownIn(access, request), changeSetId: changeSet.id, after: null };
      const drafts = await listDrafts(deps.db, { ...page, limit: mostInChangeSet + 1 });
      requireSize(drafts);
      const published = await publish(deps, request, access, {
        drafts,
        changeSet,
        message: messageOf(changeSet),
        wait: request.query.wait === 'commit',
      });
      const isLate = await waitForLast(deps, request, access, published);
      return reply.code(isLate ? 202 : 200).send(publishedView(published));
    },
  );
}

function requireSize(drafts: readonly Draft[]): void {
  if (drafts.length === 0)
    throw new ApiProblem(422, 'change_set_refused', 'There is no draft in it yet.');
  if (drafts.length > mostInChangeSet)
    throw new ApiProblem(
      422,
      'change_set_refused',
      `It has more than ${mostInChangeSet} drafts. Publish it in parts: put some of them into another change set.`,
    );
}

/** They are one commit, so that the last one is there when all are. */
async function waitForLast(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  { saves, review }: Published,
): Promise<boolean> {
  if (review !== null) return true;
  const last = saves.findLast(({ stored }) => stored?.kind === 'accepted') ?? saves.at(-1);
  if (last === undefined) return false;
  const ring = saves.some(({ stored }) => stored?.kind === 'accepted' && stored.ring);
  const { asked, stored } = last;
  return ringAndWait(deps, request, access, {
    asked,
    stored: stored?.kind === 'accepted' ? { ...stored, ring } : stored,
  });
}

function publishedView({ saves, review }: Published) {
  return {
    entries: saves.map(({ asked }) => asked.id),
    review: review === null ? null : reviewLink(review),
  };
}
