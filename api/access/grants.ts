import { roleAllows, type Role } from '../../model/access/roles.ts';
import type { SpaceGrant } from '../../model/knowledge/space.ts';
import { fieldProblem } from '../http/problem.ts';

/** A grant in a space as requests have it. */
export interface AskedGrant {
  space: string;
  kinds?: string[] | null;
  role?: Role;
}

/**
 * The projects that are given together with a role: nothing that was not asked for, but an admin sees all. Throws 422
 * for the field `<at>/projects`.
 */
export function projectsFrom(
  role: Role,
  asked: string[] | null | undefined,
  at = '',
): string[] | null {
  if (role !== 'admin') return asked === undefined ? [] : asked;
  if (asked !== undefined && asked !== null)
    throw fieldProblem(`${at}/projects`, 'an admin can access all projects; leave it out');
  return null;
}

/** What may be done in spaces: nothing that was not asked for, but an admin may do everything. Throws 422. */
export function grantsFrom(
  role: Role,
  asked: AskedGrant[] | null | undefined,
  at = '',
): SpaceGrant[] | null {
  if (asked === undefined || asked === null) return role === 'admin' || asked === null ? null : [];
  if (role === 'admin')
    throw fieldProblem(`${at}/spaces`, 'an admin has this role in all spaces; leave it out');
  return asked.map(({ space, kinds = null, role: granted = role }, index) => {
    // Otherwise people would only find out that the grant has no effect when they cannot save.
    if (!roleAllows(role, granted))
      throw fieldProblem(`${at}/spaces/${index}/role`, `is more than the role beside it, ${role}`);
    return { space, kinds, role: granted };
  });
}
