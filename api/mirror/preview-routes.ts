import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import type { AddRoutes } from '../http/deps.ts';
import { ApiProblem } from '../http/problem.ts';
import { Id, Nullable, OneOf, ProjectParams, Strict, refusals } from '../http/schema-parts.ts';
import { settingsFrom } from './mirrors/mirror-settings.ts';
import { Failure } from '../streams/stream-schema.ts';
import { Repository, policyFields } from './mirrors/settings-schema.ts';
import { defaultBranchOf, requireProject } from './project-source.ts';

/** The body of `POST …/mirrors/preview`. */
const PreviewBody = Strict({
  branchId: Type.Optional(Id),
  repository: Repository,
  ...policyFields,
});

/** A preview as the API returns it: see `MirrorPreview` in `model/mirror/preview.ts`. */
export const PreviewView = Type.Object({
  branchId: Type.String(),
  repository: Type.Object({
    reachable: Type.Boolean(),
    failure: Nullable(Failure),
    empty: Nullable(Type.Boolean()),
    tip: Nullable(Type.String()),
    pushAllowed: Nullable(Type.Boolean()),
    branchProtected: Nullable(Type.Boolean()),
    visibility: OneOf('public', 'private', 'unknown'),
    visibilityReason: Type.String(),
  }),
  commit: Nullable(
    Type.Object({
      files: Type.Integer(),
      bytes: Type.Integer(),
      unchanged: Type.Integer(),
      replaces: Type.Array(Type.String()),
      removes: Type.Array(Type.String()),
    }),
  ),
  adoptionNeeded: Nullable(Type.Boolean()),
  replacedSecrets: Type.Array(Type.Object({ path: Type.String(), pointer: Type.String() })),
  warnings: Type.Array(Type.String()),
});

/**
 * How long a preview may take, in milliseconds: it reads a whole project and lists a repository.
 */
const previewPatience = 120_000;

/** The route that previews a mirror. */
export const addPreviewRoutes: AddRoutes = (api, deps) => {
  api.post(
    '/v1/projects/:project/mirrors/preview',
    {
      // The same role as for PUT, because this also sends the credential to the repository's host.
      config: { role: 'admin' },
      schema: {
        tags: ['mirrors'],
        summary: 'Preview what enabling a mirror would find and do',
        description: 'Writes nothing. `branchId` defaults to the default branch.',
        params: ProjectParams,
        body: PreviewBody,
        response: { 200: PreviewView, ...refusals },
      },
    },
    async (request, reply) => {
      const { project: projectId } = request.params;
      const project = await requireProject(deps, projectId);
      const { branchId: asked = 'default', ...body } = request.body;
      const settings = await settingsFrom(body, deps);
      const branchId = asked === 'default' ? await defaultBranchOf(deps, project) : asked;
      const preview = await whileWaitedFor(reply, (signal) =>
        deps.previewMirror({ projectId, branchId, ...settings }, { signal }),
      );
      return { branchId, ...preview };
    },
  );
};

/**
 * Runs work that is aborted when nobody is waiting for the answer any more, or after two minutes.
 * Fastify's `request.signal` and `handlerTimeout` do not help: both end once the request body has
 * been read.
 */
async function whileWaitedFor<T>(
  reply: FastifyReply,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const late = AbortSignal.timeout(previewPatience);
  try {
    return await work(AbortSignal.any([gone.signal, late]));
  } catch (error) {
    if (!late.aborted) throw error;
    throw new ApiProblem(503, 'timed_out', 'The preview took too long. Try again.');
  }
}
