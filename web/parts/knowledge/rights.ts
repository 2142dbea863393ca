import { roleAllows, type Role } from '../../../model/access/roles.ts';
import { useCaller } from '../../api/session.ts';
import type { Caller } from '../../api/types.ts';

/** What somebody may do in a space. */
export interface SpaceRights {
  /** Whether they have at least this role for a kind; without one, for everything in the space. */
  may: (role: Role, kind?: string) => boolean;
  /** Whether they have it for any kind at all. */
  mayAny: (role: Role) => boolean;
}

/** What a caller may do in a space, as the API would judge it: what it refuses is not offered. */
export function rightsIn(
  { role: own, spaces }: Pick<Caller, 'role' | 'spaces'>,
  space: string,
): SpaceRights {
  const grants =
    spaces === null
      ? [{ kinds: null, role: own }]
      : spaces
          .filter((grant) => grant.space === space)
          // A grant never gives more than the role of the caller.
          .map(({ kinds, role }) => ({ kinds, role: roleAllows(own, role) ? role : own }));
  const having = (role: Role) => grants.filter((grant) => roleAllows(grant.role, role));
  return {
    may: (role, kind) =>
      having(role).some(
        ({ kinds }) => kinds === null || (kind !== undefined && kinds.includes(kind)),
      ),
    mayAny: (role) => having(role).length > 0,
  };
}

/** What the caller may do in a space. */
export function useRights(space: string): SpaceRights {
  return rightsIn(useCaller(), space);
}
