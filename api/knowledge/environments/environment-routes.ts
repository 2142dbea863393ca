import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pointer } from '../../../knowledge/environments/change-environment.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import { listEntriesOfKind } from '../../../db/knowledge/prompts/entries-of-kind.ts';
import { environmentKind, presentEnvironment } from '../../../knowledge/environments/read-environment.ts'; // prettier-ignore
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { WaitQuery } from '../entries/entry-schema.ts';
import { commitNamed } from '../history/short-names.ts';
import { reviewLink } from '../reviews/review-view.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { earlierState, findEarlierState } from './earlier-state.ts';
import { EarlierQuery, EarlierView, EnvironmentList, EnvironmentParams, EnvironmentView, MovedView, PromoteBody, RollbackBody } from './environment-schema.ts'; // prettier-ignore
import { earlierView, environmentView } from './environment-view.ts';
import {
  environmentIn,
  environmentNotFound,
  findEnvironment,
  type FoundEnvironment,
} from './find-environment.ts';
import { fileOf, moveEnvironment, type Moved } from './move-environment.ts';
import { promotedPointer } from './promoted-pointer.ts';

const tags = ['environments'];
const one = '/v1/spaces/:space/environments/:environment';
const mostEnvironments = 1_000;

/** Routes that show and move environments. They are made, changed and removed like all entries. */
export const addEnvironmentRoutes: AddRoutes = (api, deps) => {
  addReads(api, deps);
  addPromote(api, deps);
  addRollback(api, deps);
};

function addReads(api: Api, deps: ApiDeps): void {
  api.get(
    '/v1/spaces/:space/environments',
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags,
        summary: 'List the environments of a space, `latest` first',
        params: SpaceParams,
        response: { 200: EnvironmentList },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const isSeen = access.may('reader', environmentKind);
      const entries = isSeen
        ? await listEntriesOfKind(deps.db, access.row.id, environmentKind, mostEnvironments)
        : [];
      const found = entries.map((entry) => ({ ...environmentIn(access.row.kinds, entry), entry }));
      const present = await findEnvironment(deps, access, presentEnvironment);
      return { items: [present, ...found].map(environmentView) };
    },
  );
  api.get(
    one,
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags,
        summary: 'Show an environment',
        params: EnvironmentParams,
        response: { 200: EnvironmentView },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      return environmentView(await seenEnvironment(deps, access, request.params.environment));
    },
  );
  api.get(
    `${one}/earlier`,
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Show where an environment, or one entry in it, pointed before',
        description: 'That is where a rollback goes.',
        params: EnvironmentParams,
        querystring: EarlierQuery,
        response: { 200: EarlierView },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const found = await seenEnvironment(deps, access, request.params.environment);
      // What is there now has no file, and never pointed elsewhere.
      if (found.entry === null) return { earlier: null };
      const { entry = null } = request.query;
      const state = await findEarlierState(deps, access, fileOf(found), entry, null);
      return { earlier: state && earlierView(found.environment.name, state.pointer) };
    },
  );
}

/** The environment of this name, if the caller may read its file. Throws 404 `environment_not_found`. */
async function seenEnvironment(
  deps: ApiDeps,
  access: SpaceAccess,
  name: string,
): Promise<FoundEnvironment> {
  const found = await findEnvironment(deps, access, name);
  if (found.entry !== null && !access.may('reader', environmentKind))
    throw environmentNotFound(access, found.environment.name);
  return found;
}

function addPromote(api: Api, deps: ApiDeps): void {
  api.post(
    `${one}/actions/promote`,
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary:
          'Move an environment, or one entry in it, to what another environment or a commit has',
        description:
          'A save of its file by the caller, which takes effect at once and becomes a commit. 409 `base_stale`: somebody else has moved it meanwhile. 202 if `wait=commit` took too long, or with `review` if others have to approve it first, as where it is `protected`: it then points where it did until that is merged. 409 `checks_needed`: it requires checks, and a version of a prompt has not passed them.',
        params: EnvironmentParams,
        querystring: WaitQuery,
        body: PromoteBody,
        response: { 200: MovedView, 202: MovedView },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      access.require('editor', environmentKind);
      const { entry = null, from = presentEnvironment, base, message } = request.body;
      const found = await findEnvironment(deps, access, request.params.environment);
      const to = await promotedPointer(deps, access, { entry, from });
      const move = { entry, to, base, message, verb: 'Promote', wait: isWaiting(request) };
      return answer(reply, entry, await moveEnvironment(deps, request, access, found, move));
    },
  );
}

function addRollback(api: Api, deps: ApiDeps): void {
  api.post(
    `${one}/actions/rollback`,
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Move an environment, or one entry in it, back to where it pointed before',
        description:
          'Like a promotion. 409 `nothing_before`: its history has no other place. After a rollback, the place before is the one that was rolled back. What was there needs no checks, unless it followed a branch.',
        params: EnvironmentParams,
        querystring: WaitQuery,
        body: RollbackBody,
        response: { 200: MovedView, 202: MovedView },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      access.require('editor', environmentKind);
      const { entry = null, to, base, message } = request.body;
      const found = await findEnvironment(deps, access, request.params.environment);
      const commit = to === undefined ? null : await commitNamed(deps, access, to, '/to');
      const { pointer, fields } =
        commit === null
          ? await earlierState(deps, access, fileOf(found), entry)
          : await stateAt(deps, access, found, { entry, commit });
      const move = { entry, to: pointer, base, message, verb: 'Roll back', wait: isWaiting(request), goesBackTo: fields }; // prettier-ignore
      return answer(reply, entry, await moveEnvironment(deps, request, access, found, move));
    },
  );
}

/** Where a commit takes it; if it was there before, with the state that its file had then. */
async function stateAt(
  deps: ApiDeps,
  access: SpaceAccess,
  found: FoundEnvironment,
  { entry, commit }: { entry: string | null; commit: string },
): Promise<{ pointer: Pointer; fields: EntryFields | undefined }> {
  const pointer = await promotedPointer(deps, access, { entry, from: commit });
  const at = typeof pointer.commit === 'string' ? pointer.commit : commit;
  const state = await findEarlierState(deps, access, fileOf(found), entry, at);
  return { pointer, fields: state?.fields };
}

function isWaiting({ query }: FastifyRequest): boolean {
  return (query as { wait?: string }).wait === 'commit';
}

function answer(
  reply: FastifyReply,
  entry: string | null,
  { found, before, after, late, review }: Moved,
) {
  const view = {
    ...{ environment: environmentView(found), entry, before, after },
    review: review === null ? null : reviewLink(review),
  };
  return reply.code(late || review !== null ? 202 : 200).send(view);
}
