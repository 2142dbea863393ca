import type { FastifyRequest } from 'fastify';
import { findSpace, type Space } from '../../../db/knowledge/spaces.ts';
import type { Person } from '../../../model/streams/author.ts';
import { roleAllows, type Role } from '../../../model/access/roles.ts';
import type { SpaceGrant } from '../../../model/knowledge/space.ts';
import { callerOf } from '../../access/authentication.ts';
import { callerName, type Caller, type Sight } from '../../access/caller.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';

/** A space, and what the caller may do in it. */
export interface SpaceAccess {
  row: Space;
  /** Whether the caller has at least this role for a kind. */
  may(role: Role, kind: string): boolean;
  /** The kinds for which the caller has this role; `null` means all. */
  kinds(role: Role): string[] | null;
  /** Throws 403 if the caller does not have this role for the kind. */
  require(role: Role, kind: string): void;
  /** Throws 403 if the caller does not have this role for the whole space. */
  requireAll(role: Role): void;
}

/**
 * The space that the path names (`space`), for a caller who may at least read part of it. Throws
 * the same 404 if it does not exist, has ended, or the caller may not see it.
 */
export async function spaceOf(
  { db }: Pick<ApiDeps, 'db'>,
  request: FastifyRequest,
): Promise<SpaceAccess> {
  const { space: spaceId } = request.params as { space: string };
  const access = await findSpaceOf(db, callerOf(request), spaceId);
  if (access === null) throw spaceNotFound(spaceId);
  return access;
}

/** Like {@link spaceOf}, for any space; `null` instead of the 404. */
export async function findSpaceOf(
  db: ApiDeps['db'],
  caller: Caller,
  spaceId: string,
): Promise<SpaceAccess | null> {
  const grants = grantsIn(caller, spaceId);
  const row = grants.length === 0 ? null : await findSpace(db, spaceId);
  if (row?.endedAt !== null) return null;
  const may = (role: Role, kind: string) =>
    grants.some(
      (grant) =>
        roleAllows(grant.role, role) && (grant.kinds === null || grant.kinds.includes(kind)),
    );
  return {
    row,
    may,
    kinds: (role) => kindsIn(grants, role),
    require(role, kind) {
      if (may(role, kind)) return;
      throw roleInsufficient(caller, role, `entries of the kind ${kind} in ${spaceId}`);
    },
    requireAll(role) {
      const isAllowed = grants.some(
        (grant) => grant.kinds === null && roleAllows(grant.role, role),
      );
      if (!isAllowed) throw roleInsufficient(caller, role, `all of ${spaceId}`);
    },
  };
}

/** What a caller may do in one space. */
type Grant = Omit<SpaceGrant, 'space'>;

function kindsIn(grants: readonly Grant[], role: Role): string[] | null {
  const allowed = grants.filter((grant) => roleAllows(grant.role, role));
  if (allowed.some(({ kinds }) => kinds === null)) return null;
  return [...new Set(allowed.flatMap(({ kinds }) => kinds ?? []))];
}

function roleInsufficient(caller: Caller, role: Role, what: string): ApiProblem {
  const detail = `This needs the role ${role} for ${what}; ${callerName(caller)} does not have it.`;
  return new ApiProblem(403, 'role_insufficient', detail);
}

/** What the caller may do in a space; a grant never gives more than the caller's own role. */
function grantsIn({ role, spaces }: Sight, spaceId: string): Grant[] {
  if (spaces === null) return [{ kinds: null, role }];
  return spaces
    .filter(({ space }) => space === spaceId)
    .map((grant) => ({
      kinds: grant.kinds,
      role: roleAllows(role, grant.role) ? grant.role : role,
    }));
}

/** The spaces in which the caller may see something; `null` means all. */
export function seenSpaces({ spaces }: Sight): string[] | null {
  return spaces && [...new Set(spaces.map(({ space }) => space))];
}

/** The spaces of which the caller may read everything; `null` means all. */
export function spacesReadWhole(caller: Caller): string[] | null {
  return seenSpaces(caller)?.filter((space) => kindsSeen(caller, space) === null) ?? null;
}

/** The kinds that the caller may read in a space; `null` means all. */
export function kindsSeen(caller: Sight, spaceId: string): string[] | null {
  return kindsIn(grantsIn(caller, spaceId), 'reader');
}

/** The problem for a space that does not exist, or that the caller may not see. */
export function spaceNotFound(spaceId: string): ApiProblem {
  return new ApiProblem(404, 'space_not_found', `There is no space ${spaceId}.`);
}

/**
 * The author of a save's commits; a caller without an e-mail address gets one that cannot receive
 * mail.
 */
export function personOf({ name, email, id, personId }: Caller): Person {
  const domain = personId === null ? 'tokens' : 'people';
  return { name, email: email ?? `${id}@${domain}.gitward.invalid` };
}
