import { Type } from '@fastify/type-provider-typebox';
import { listUnendedMirrors } from '../../db/mirror/mirrors.ts';
import type { AddRoutes } from '../http/deps.ts';
import { ProjectParams } from '../http/schema-parts.ts';
import { listBranches, requireProject } from './project-source.ts';

/** The most branches that an answer lists. */
export const mostBranches = 1_000;

/** A branch as its source lists it. */
export const BranchView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  isDefault: Type.Boolean(),
});

/** The branches of a project, and which of them are mirrored. */
export const BranchesView = Type.Object({
  items: Type.Array(
    Type.Object({
      ...BranchView.properties,
      hasMirror: Type.Boolean({ description: 'Whether it has a mirror that has not ended.' }),
    }),
    { description: `In the platform's order; at most ${mostBranches.toLocaleString('en')}.` },
  ),
  total: Type.Integer({ description: 'How many there are.' }),
});

/** The route that lists the branches of a project. */
export const addBranchRoutes: AddRoutes = (api, deps) => {
  api.get(
    '/v1/projects/:project/branches',
    {
      // It asks the platform with the project's token, at each request.
      config: { role: 'operator', refuses: [404, 422, 502] },
      schema: {
        tags: ['projects'],
        summary: "List a project's branches, as its source lists them now",
        params: ProjectParams,
        response: { 200: BranchesView },
      },
    },
    async (request) => {
      const project = await requireProject(deps, request.params.project);
      const branches = await listBranches(deps, project);
      const mirrors = await listUnendedMirrors(deps.db, project.id);
      const mirrored = new Set(mirrors.map(({ branchId }) => branchId));
      const items = branches
        .slice(0, mostBranches)
        .map((branch) => ({ ...branch, hasMirror: mirrored.has(branch.id) }));
      return { items, total: branches.length };
    },
  );
};
