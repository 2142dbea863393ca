import { roles, type Role } from '../../../model/access/roles.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** The caller's highest role for all of these kinds (`''`: files that are no entries); `null` if they have none. */
export function roleFor(access: SpaceAccess, kinds: readonly string[]): Role | null {
  const all = access.kinds('agent') === null;
  const has = (role: Role) => kinds.every((kind) => (kind === '' ? all : access.may(role, kind)));
  return roles.find(has) ?? null;
}
