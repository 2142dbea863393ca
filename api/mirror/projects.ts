import { Type, type Static } from '@fastify/type-provider-typebox';
import type { AddRoutes, ApiDeps } from '../http/deps.ts';
import { listUnendedMirrors, mirrorKey } from '../../db/mirror/mirrors.ts';
import {
  removeProject,
  insertProject,
  listProjects,
  updateProject,
  lockProject,
  type Project,
  type ProjectSource,
} from '../../db/mirror/projects.ts';
import { audited } from '../access/audited.ts';
import { callerOf } from '../access/authentication.ts';
import { PageQuery, pageOf, pageStart } from '../http/paging.ts';
import { ApiProblem, fieldProblem, projectNotFound } from '../http/problem.ts';
import { checkedSource, verifySource } from './given-source.ts';
import { projectBodies } from './project-bodies.ts';
import { requireProject } from './project-source.ts';
import { Empty, Nullable, PageOf, ProjectParams, Time } from '../http/schema-parts.ts';
import { keepSchedules, signalStored } from '../streams/signals.ts';

/** A project as the API returns it, without the token of its source. */
export const ProjectView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  source: Type.Object({ kind: Type.String(), url: Nullable(Type.String()) }),
  planTier: Nullable(Type.String()),
  region: Nullable(Type.String()),
  createdAt: Time,
  updatedAt: Time,
});

/** Routes for the projects that mirrors read from. */
export const addProjectRoutes: AddRoutes = (api, deps) => {
  const { db, sealer, platforms } = deps;
  const { ProjectBody, ProjectPatch } = projectBodies(platforms);

  api.post(
    '/v1/projects',
    {
      config: { role: 'admin', refuses: [409, 422, 502] },
      schema: {
        tags: ['projects'],
        summary: 'Add a project',
        description:
          'The source is tried before the project is stored. The token is never returned.',
        body: ProjectBody,
        response: { 201: ProjectView },
      },
    },
    async (request, reply) => {
      const { id, source, planTier = null, region = null } = request.body;
      const checked = checkedSource(deps, source);
      const { ownedFolders } = platforms.of(source.kind).layout;
      const { projectName } = await verifySource(deps, id, checked);
      const name = request.body.name ?? projectName;
      const row = await audited(
        db,
        request,
        (transaction) =>
          insertProject(transaction, sealer, {
            ...{ id, name, source: checked, ownedFolders },
            ...{ planTier, region },
          }),
        (stored) =>
          stored && {
            action: 'project.add',
            target: `project/${id}`,
            detail: { name, kind: source.kind, planTier, region },
          },
      );
      if (row === null)
        throw new ApiProblem(
          409,
          'project_exists',
          `There already is a project ${id}. Change it with PATCH.`,
        );
      return reply.code(201).header('location', `/v1/projects/${id}`).send(projectView(row));
    },
  );

  api.get(
    '/v1/projects',
    {
      config: { role: 'agent', refuses: [422] },
      schema: {
        tags: ['projects'],
        summary: 'List the projects that the token may see',
        querystring: PageQuery,
        response: { 200: PageOf(ProjectView) },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(request.query, /^[\w.-]{1,64}$/);
      const only = callerOf(request).projects;
      const rows = await listProjects(db, { only, after, limit: limit + 1 });
      return pageOf(rows, limit, (row) => row.id, projectView);
    },
  );

  api.get(
    '/v1/projects/:project',
    {
      config: { role: 'agent', refuses: [404] },
      schema: {
        tags: ['projects'],
        summary: 'Show a project',
        params: ProjectParams,
        response: { 200: ProjectView },
      },
    },
    async (request) => projectView(await requireProject(deps, request.params.project)),
  );

  api.patch(
    '/v1/projects/:project',
    {
      config: { role: 'admin', refuses: [404, 422, 502] },
      schema: {
        tags: ['projects'],
        summary: "Rename a project, or change its labels or its source's address or token",
        description: 'A new token or address is tried before it is stored.',
        params: ProjectParams,
        body: ProjectPatch,
        response: { 200: ProjectView },
      },
    },
    async (request) => {
      const id = request.params.project;
      const project = await requireProject(deps, id);
      const { name, source, planTier, region } = request.body;
      const newSource = source && changedSource(deps, project, source);
      if (newSource) await verifySource(deps, id, newSource);
      const row = await audited(
        db,
        request,
        (transaction) =>
          updateProject(transaction, sealer, id, {
            ...(name === undefined ? {} : { name }),
            ...(planTier === undefined ? {} : { planTier }),
            ...(region === undefined ? {} : { region }),
            ...(newSource === undefined ? {} : { source: newSource }),
          }),
        () => ({
          action: 'project.change',
          target: `project/${id}`,
          detail: {
            name: name ?? project.name,
            sourceChanged: newSource !== undefined,
            ...(planTier === undefined ? {} : { planTier }),
            ...(region === undefined ? {} : { region }),
          },
        }),
      );
      if (row === null) throw projectNotFound(id);
      if (newSource) await retryMirrors(deps, request.log, id);
      return projectView(row);
    },
  );

  api.delete(
    '/v1/projects/:project',
    {
      config: { role: 'admin', refuses: [404, 409] },
      schema: {
        tags: ['projects'],
        summary: 'Remove a project whose mirrors have all ended',
        description:
          'This also removes everything that was stored for its mirrors. Repositories stay as they are.',
        params: ProjectParams,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const id = request.params.project;
      const removed = await audited(
        db,
        request,
        async (transaction) => {
          // Locked so that no mirror can start while the project is being removed.
          await lockProject(transaction, id);
          const mirrors = await listUnendedMirrors(transaction, id);
          if (mirrors.length > 0)
            throw new ApiProblem(
              409,
              'project_in_use',
              `Project ${id} has ${mirrors.length} active mirror(s). End them first.`,
            );
          return removeProject(transaction, id);
        },
        (found) => (found ? { action: 'project.remove', target: `project/${id}` } : null),
      );
      if (!removed) throw projectNotFound(id);
      await keepSchedules(deps.workflows, request.log, id, false);
      return reply.code(204).send(null);
    },
  );
};

function projectView(row: Project): Static<typeof ProjectView> {
  return {
    id: row.id,
    name: row.name,
    source: { kind: row.sourceKind, url: row.sourceUrl },
    planTier: row.planTier,
    region: row.region,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The project's source with another address or token. */
function changedSource(
  deps: ApiDeps,
  { sourceKind, sourceUrl }: Project,
  { url = sourceUrl ?? undefined, token }: { url?: string; token?: string },
): ProjectSource {
  const { settings } = deps.platforms.of(sourceKind);
  if (settings.url === undefined && settings.token === undefined)
    throw fieldProblem('/source', `${settings.title} has no address and no token`);
  return checkedSource(deps, {
    kind: sourceKind,
    ...(url === undefined ? {} : { url }),
    ...(token === undefined ? {} : { token }),
  });
}

async function retryMirrors(
  { db, workflows }: ApiDeps,
  log: Parameters<typeof signalStored>[1],
  projectId: string,
): Promise<void> {
  const mirrors = await listUnendedMirrors(db, projectId);
  await Promise.all(
    mirrors.map((row) => signalStored(workflows, log, mirrorKey(row), 'mirrorChanged', 'retryNow')),
  );
}
