import { Type } from '@fastify/type-provider-typebox';
import { SecretFindingView } from '../streams/secrets-schema.ts';
import type { AddRoutes } from '../http/deps.ts';
import { Id, ListedView, Nullable, ProjectParams, Strict } from '../http/schema-parts.ts';
import { addChangePreviewRoute } from './mirrors/change-preview-route.ts';
import { settingsFrom } from './mirrors/mirror-settings.ts';
import { FindingsView } from '../streams/findings-schema.ts';
import { Repository, policyFields } from './mirrors/settings-schema.ts';
import { createPreviewSlots } from './preview-slots.ts';
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
  repository: FindingsView,
  contents: Nullable(
    Type.Object({
      objects: ListedView(
        Type.Object({ kind: Type.String(), word: Type.String(), count: Type.Integer() }),
      ),
      tables: Type.Integer(),
    }),
  ),
  commit: Nullable(
    Type.Object(
      {
        files: Type.Integer(),
        bytes: Type.Integer(),
        unchanged: Type.Integer(),
        adds: ListedView(Type.String()),
        replaces: ListedView(Type.String()),
        removes: ListedView(Type.String()),
      },
      { description: 'Without samples and runs of jobs, which are read after it.' },
    ),
  ),
  adoptionNeeded: Nullable(Type.Boolean()),
  replacedSecrets: ListedView(Type.Object({ path: Type.String(), pointer: Type.String() })),
  secretsInText: ListedView(SecretFindingView),
  warnings: ListedView(Type.String()),
});

/** The routes that preview a new mirror, and other settings of one. */
export const addPreviewRoutes: AddRoutes = (api, deps) => {
  const whilePreviewed = createPreviewSlots();
  addChangePreviewRoute(api, deps, whilePreviewed);

  api.post(
    '/v1/projects/:project/mirrors/preview',
    {
      // The same role as for PUT, because this also sends the credential to the repository's host.
      config: { role: 'admin', refuses: [404, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'Preview what enabling a mirror would find and do',
        description: 'Writes nothing. `branchId` defaults to the default branch.',
        params: ProjectParams,
        body: PreviewBody,
        response: { 200: PreviewView },
      },
    },
    async (request, reply) => {
      const { project: projectId } = request.params;
      const project = await requireProject(deps, projectId);
      const { branchId: asked = 'default', ...body } = request.body;
      const settings = await settingsFrom(body, deps);
      const branchId = asked === 'default' ? await defaultBranchOf(deps, project) : asked;
      const preview = await whilePreviewed(reply, (signal) =>
        deps.previewMirror({ projectId, branchId, ...settings }, { signal }),
      );
      return { branchId, ...preview };
    },
  );
};
