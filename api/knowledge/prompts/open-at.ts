import type { FastifyRequest } from 'fastify';
import type { Static } from '@fastify/type-provider-typebox';
import { callerOf } from '../../access/authentication.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { RefQuery } from '../refs/ref-schema.ts';
import { presentSpace, type EntryAt, type ReadDeps, type SpaceAt } from '../refs/space-at.ts';
import { spaceAtMoment } from '../refs/space-at-moment.ts';
import { findSpaceOf, spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import type { FindAt } from './joined-text.ts';

/** An entry at a ref, and what is around it. */
export interface OpenedAt {
  access: SpaceAccess;
  at: SpaceAt;
  entry: EntryAt;
  /** Finds what it includes: at the same ref in its own space, as it is now in others. */
  find: FindAt;
}

/**
 * The entry that the path names, if it is of one of these kinds, at the ref that the query names. Throws 404 if it is not,
 * does not exist there, or the caller may not read it.
 */
export async function openAt(
  deps: ReadDeps,
  request: FastifyRequest,
  id: string,
  kinds: readonly string[],
): Promise<OpenedAt> {
  const access = await spaceOf(deps, request);
  const at = await spaceAtMoment(deps, access, request.query as Static<typeof RefQuery>);
  const entry = await at.find(id);
  const what = kinds.join(' or ');
  if (entry === null || !kinds.includes(entry.kind.name))
    throw new ApiProblem(
      404,
      'entry_not_found',
      entry === null
        ? `Space ${access.row.id} has no ${what} ${id}${at.commit === null ? '' : ` in ${at.commit}`}.`
        : `${id} is no ${what}: it is of the kind ${entry.kind.name}.`,
    );
  return { access, at, entry, find: finder(deps, request, access, at) };
}

function finder(deps: ReadDeps, request: FastifyRequest, access: SpaceAccess, at: SpaceAt): FindAt {
  return async (space, id) => {
    if (space === access.row.id) return at.find(id);
    const other = await findSpaceOf(deps.db, callerOf(request), space);
    return other && presentSpace(deps, other).find(id);
  };
}

/** Where an answer comes from. */
export function readFrom({ space, id, kind, blob, commit }: EntryAt) {
  return { space, id, kind: kind.name, blob, commit };
}
