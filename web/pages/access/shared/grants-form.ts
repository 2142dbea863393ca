import { roleAllows, roles, type Role } from '../../../../model/access/roles.ts';

/** What somebody may do, as the API has it. */
export interface Grants {
  role: Role;
  projects: string[] | null;
  spaces: { space: string; kinds: string[] | null; role: Role }[] | null;
}

/** The same as a form has it: what was chosen is kept while "all" is chosen. */
export interface GrantsForm {
  role: Role;
  allProjects: boolean;
  projects: string[];
  allSpaces: boolean;
  spaces: SpaceForm[];
}

/** What may be done in a space. */
export interface SpaceForm {
  space: string;
  /** None means all. */
  kinds: string[];
  /** `null`: the role that the person or token has anyway. */
  role: Role | null;
}

/** What a form begins with: as little as possible. */
export const noGrants: GrantsForm = {
  role: 'reader',
  allProjects: false,
  projects: [],
  allSpaces: false,
  spaces: [],
};

/** The form for what was given. */
export function grantsForm({ role, projects, spaces }: Grants): GrantsForm {
  return {
    role,
    allProjects: projects === null,
    projects: projects ?? [],
    allSpaces: spaces === null,
    spaces: (spaces ?? []).map(({ space, kinds, role: granted }) => ({
      space,
      kinds: kinds ?? [],
      role: granted === role ? null : granted,
    })),
  };
}

/** The roles that may be given in a space: at most the role beside it. */
export function rolesWithin(role: Role): Role[] {
  return roles.filter((one) => one !== role && roleAllows(role, one));
}

/** What a request says. An admin has everything, so nothing is said; no space gives more than the role. */
export function grantsBody({ role, allProjects, projects, allSpaces, spaces }: GrantsForm): {
  role: Role;
  projects?: string[] | null;
  spaces?: { space: string; kinds?: string[]; role?: Role }[] | null;
} {
  if (role === 'admin') return { role };
  return {
    role,
    projects: allProjects ? null : projects,
    spaces: allSpaces
      ? null
      : spaces.map(({ space, kinds, role: granted }) => ({
          space,
          ...(kinds.length > 0 && { kinds }),
          ...(granted !== null && roleAllows(role, granted) && { role: granted }),
        })),
  };
}
