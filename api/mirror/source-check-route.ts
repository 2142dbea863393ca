import { Type } from '@fastify/type-provider-typebox';
import { findProject } from '../../db/mirror/projects.ts';
import { callerOf } from '../access/authentication.ts';
import { seesProject } from '../access/caller.ts';
import type { AddRoutes } from '../http/deps.ts';
import { fieldProblem } from '../http/problem.ts';
import { BranchView, mostBranches } from './branch-routes.ts';
import { checkedSource, lookIntoSource } from './given-source.ts';
import { projectBodies } from './project-bodies.ts';

/** What a source says about its project. */
export const SourceCheckView = Type.Object({
  projectId: Type.String(),
  projectName: Type.String(),
  branches: Type.Array(BranchView, {
    description: `At most ${mostBranches.toLocaleString('en')}.`,
  }),
  branchCount: Type.Integer({ description: 'How many there are.' }),
  isKnown: Type.Boolean({ description: 'Whether the project was added already.' }),
});

/** The route that tries a project's source before the project is added. */
export const addSourceCheckRoute: AddRoutes = (api, deps) => {
  api.post(
    '/v1/projects/actions/check',
    {
      config: { role: 'admin', refuses: [422, 502] },
      schema: {
        tags: ['projects'],
        summary: "Try a project's source, and show what it opens",
        description:
          'Stores nothing. `id` is needed only if the platform lets people choose it; if it is given, the source must be that of this project.',
        body: projectBodies(deps.platforms).CheckBody,
        response: { 200: SourceCheckView },
      },
    },
    async (request) => {
      const { id, source } = request.body;
      const { settings } = deps.platforms.of(source.kind);
      if (id === undefined && settings.choosesId === true)
        throw fieldProblem('/id', `is needed: choose one, because ${settings.title} has none`);
      const found = await lookIntoSource(deps, id ?? null, checkedSource(deps, source));
      const { branches, projectId, projectName } = found;
      const isKnown =
        seesProject(callerOf(request), projectId) &&
        (await findProject(deps.db, projectId)) !== null;
      return {
        ...{ projectId, projectName, isKnown },
        branches: branches.slice(0, mostBranches),
        branchCount: branches.length,
      };
    },
  );
};
