import { Type } from '@fastify/type-provider-typebox';
import type { AddRoutes, ApiDeps } from '../http/deps.ts';
import {
  addSampleChange,
  listSampleChanges,
  type StoredSampleChange,
} from '../../db/mirror/sample-changes.ts';
import { projectSource, type Project } from '../../db/mirror/projects.ts';
import type { ObjectVersion } from '../../model/platform/object.ts';
import type { SampleChange } from '../../model/platform/sample-change.ts';
import { audited } from '../access/audited.ts';
import { ApiProblem } from '../http/problem.ts';
import { askSource, defaultBranchOf, requireProject } from './project-source.ts';
import { Id, ProjectParams, Strict, Time } from '../http/schema-parts.ts';

const SampleChangeBody = Strict({
  componentId: Id,
  configId: Id,
  author: Type.String({ minLength: 1, maxLength: 300, pattern: '^[^\\u0000]*$' }),
  description: Type.String({ maxLength: 1_000, pattern: '^[^\\u0000]*$' }),
  branchId: Type.Optional(Id),
});

/** The event that a platform would send about a change of a sample. */
export const SampleEvent = Type.Object({
  type: Type.Literal('config_changed'),
  projectId: Type.String(),
  branchId: Type.String(),
  componentId: Type.String(),
  configId: Type.String(),
  newVersion: Type.Integer(),
  author: Type.String(),
  committedAt: Time,
  changeDescription: Type.String(),
});

/**
 * The route that changes the built-in sample, as a person would change a project in a platform's
 * UI.
 */
export const addSampleChangeRoutes: AddRoutes = (api, deps) => {
  api.post(
    '/v1/projects/:project/sample-changes',
    {
      config: { role: 'operator', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['projects'],
        summary: 'Change a configuration of a sample project',
        description:
          'Returns the event that a platform would send about it. The event is not sent: post it to ' +
          '/v1/events, or wait for the catch-up, which finds changes without events.',
        params: ProjectParams,
        body: SampleChangeBody,
        response: { 201: SampleEvent },
      },
    },
    async (request, reply) => {
      const project = await requireProject(deps, request.params.project);
      if (project.sourceKind !== 'sample')
        throw new ApiProblem(
          409,
          'not_a_sample',
          `Project ${project.id} is not a sample; change it on its platform.`,
        );
      const { branchId: asked = 'default', author, ...what } = request.body;
      const branchId = asked === 'default' ? await defaultBranchOf(deps, project) : asked;
      const change = { ...what, branchId };
      await readConfiguration(deps, project, change);
      const stored = await audited(
        deps.db,
        request,
        (transaction) => addSampleChange(transaction, project.id, { ...change, author }),
        () => ({ action: 'sample.change', target: `project/${project.id}`, detail: change }),
      );
      return reply.code(201).send({
        type: 'config_changed',
        projectId: project.id,
        branchId,
        componentId: change.componentId,
        configId: change.configId,
        newVersion: await versionOf(deps, project, stored),
        author,
        committedAt: stored.at,
        changeDescription: change.description,
      });
    },
  );
};

/** The version that a change created: the current version minus the number of later changes. */
async function versionOf(
  deps: ApiDeps,
  project: Project,
  stored: StoredSampleChange,
): Promise<number> {
  const { version, changedAt } = await readConfiguration(deps, project, stored);
  const since = (await listSampleChanges(deps.db, project.id)).filter(
    (other) =>
      other.ordinal > stored.ordinal &&
      other.branchId === stored.branchId &&
      other.componentId === stored.componentId &&
      other.configId === stored.configId &&
      changedAt !== null &&
      other.at <= changedAt,
  );
  return version - since.length;
}

async function readConfiguration(
  { openSource, platforms, sealer }: ApiDeps,
  project: Project,
  { branchId, componentId, configId }: Pick<SampleChange, 'branchId' | 'componentId' | 'configId'>,
): Promise<ObjectVersion> {
  const source = openSource(projectSource(sealer, project), project.id);
  const { objects } = platforms.of(project.sourceKind);
  const read = await askSource(source, (asked, options) => asked.readBranch(branchId, options));
  for (let index = 0; index < (read?.objects.length ?? 0); index++) {
    const version = objects.versionOf(read?.objects.at(index));
    if (version.kind === componentId && version.id === configId) return version;
  }
  throw new ApiProblem(
    422,
    'configuration_not_found',
    `Branch ${branchId} of project ${project.id} has no configuration ${componentId}/${configId}.`,
  );
}
