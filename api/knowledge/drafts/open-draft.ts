import type { FastifyRequest } from 'fastify';
import { findChangeSet, type ChangeSet } from '../../../db/knowledge/drafts/change-sets.ts';
import { findDraft, type Draft } from '../../../db/knowledge/drafts/drafts.ts';
import type { Db } from '../../../db/connect.ts';
import { callerOf } from '../../access/authentication.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';

/** A draft of the caller. */
export interface OpenedDraft {
  access: SpaceAccess;
  draft: Draft;
}

/** The caller's draft that the path names. Throws the same 404 if there is none, or it is somebody else's. */
export async function openDraft(deps: ApiDeps, request: FastifyRequest): Promise<OpenedDraft> {
  const access = await spaceOf(deps, request);
  const { draft: id } = request.params as { draft: string };
  const draft = await findDraft(deps.db, { ...ownIn(access, request), id });
  if (draft === null) throw draftNotFound(id);
  return { access, draft };
}

/** The caller's change set with this id; with `lock`, it stays until the transaction ends. Throws the same 404 if there is none, or it is somebody else's. */
export async function openChangeSet(
  db: Db,
  access: SpaceAccess,
  request: FastifyRequest,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<ChangeSet> {
  const found = await findChangeSet(db, { ...ownIn(access, request), id }, { lock });
  if (found === null)
    throw new ApiProblem(404, 'change_set_not_found', `You have no change set ${id}.`);
  return found;
}

/** The space, and the caller as the owner of drafts in it. */
export function ownIn({ row }: SpaceAccess, request: FastifyRequest) {
  return { spaceId: row.id, owner: callerOf(request) };
}

/** The 404 for a draft. */
export function draftNotFound(id: string): ApiProblem {
  return new ApiProblem(
    404,
    'draft_not_found',
    `You have no draft ${id}: it may have been published or discarded.`,
  );
}
