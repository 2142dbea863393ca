import type { FastifyRequest } from 'fastify';
import type { Static } from '@fastify/type-provider-typebox';
import { callerOf } from '../../access/authentication.ts';
import { ApiProblem } from '../../http/problem.ts';
import { chooseArm, type Arm } from '../../../knowledge/environments/experiments.ts';
import { findEnvironment } from '../environments/find-environment.ts';
import { spaceInEnvironment } from '../environments/space-in-environment.ts';
import { environmentAsked } from '../refs/environment-asked.ts';
import type { ArmQuery } from '../refs/ref-schema.ts';
import { presentSpace, type EntryAt, type ReadDeps, type SpaceAt } from '../refs/space-at.ts';
import { spaceAtMoment } from '../refs/space-at-moment.ts';
import { findSpaceOf, spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import type { FindAt } from './joined-text.ts';

/** An entry at a ref, and what is around it. */
export interface OpenedAt {
  access: SpaceAccess;
  at: SpaceAt;
  entry: EntryAt;
  /** The environment that is read; `null` if none was named. */
  environment: string | null;
  /** The arm of an experiment that was chosen. */
  arm: Arm | null;
  /** Finds what it includes: at the same ref in its own space, as it is now in others. */
  find: FindAt;
}

/**
 * The entry that the path names, if it is of one of these kinds, at the ref that the query names. Throws 404 if it is not,
 * does not exist there, or the caller may not read it. `variant` is the variant that was asked for.
 */
export async function openAt(
  deps: ReadDeps,
  request: FastifyRequest,
  id: string,
  kinds: readonly string[],
  variant?: string,
): Promise<OpenedAt> {
  const access = await spaceOf(deps, request);
  const query = request.query as Static<typeof ArmQuery>;
  const read = await spaceRead(deps, access, query, { id, variant });
  return openIn(deps, request, access, read, id, kinds);
}

/** Like {@link openAt}, in a space that was read by what a body says. */
export async function openIn(
  deps: ReadDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  { at, environment, arm }: Pick<OpenedAt, 'at' | 'environment' | 'arm'>,
  id: string,
  kinds: readonly string[],
): Promise<OpenedAt> {
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
  return { access, at, entry, environment, arm, find: finder(deps, request, access, at) };
}

/** The space as the query wants it. */
export async function spaceRead(
  deps: ReadDeps,
  access: SpaceAccess,
  query: Static<typeof ArmQuery>,
  { id, variant }: { id: string; variant: string | undefined },
): Promise<Pick<OpenedAt, 'at' | 'environment' | 'arm'>> {
  const name = environmentAsked(query);
  if (name === null)
    return { at: await spaceAtMoment(deps, access, query), environment: null, arm: null };
  const { environment } = await findEnvironment(deps, access, name);
  const experiment = environment.experiments.get(id);
  const { key } = query;
  const space = access.row.id;
  const chosen =
    key === undefined || experiment === undefined
      ? null
      : chooseArm(experiment, { space, environment: name, prompt: id, key });
  // Who asks for a variant takes no part in a choice between variants.
  const arm = chosen?.variant != null && variant !== undefined ? null : chosen;
  const moved = new Map(arm?.commit == null ? [] : [[id, arm.commit]]);
  const { at } = await spaceInEnvironment(deps, access, name, moved);
  return { at, environment: name, arm };
}

/** Finds what a text includes: in the space that is read, and in others as they are now. */
export function finder(
  deps: ReadDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  at: SpaceAt,
): FindAt {
  // prettier-ignore
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
