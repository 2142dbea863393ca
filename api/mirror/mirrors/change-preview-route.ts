import { Type } from '@fastify/type-provider-typebox';
import { claimsPlace } from '../../../db/mirror/mirrors.ts';
import { findPlaceOwner } from '../../../db/streams/places.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { Api, ApiDeps } from '../../http/deps.ts';
import { ListedView, MirrorParams, Nullable } from '../../http/schema-parts.ts';
import { FindingsView } from '../../streams/findings-schema.ts';
import type { WhilePreviewed } from '../preview-slots.ts';
import { mirrorKeyOf } from '../project-source.ts';
import { requireDefaultBranch } from './enable-mirror.ts';
import { MirrorBody } from './mirror-schema.ts';
import { settingsFrom } from './mirror-settings.ts';
import { overviewOf } from './open-mirror.ts';
import { placeTaken } from './place-taken.ts';

/** What other settings would do, as the API returns it: see `ChangePreview` in `model/mirror/change-preview.ts`. */
export const ChangePreviewView = Type.Object({
  resync: Nullable(
    Type.String({ description: 'Why the whole tree would be rendered; `null`: it would not be.' }),
  ),
  moves: Type.Boolean({ description: 'Whether the mirror would write to another place.' }),
  repository: Nullable(FindingsView),
  commit: Nullable(
    Type.Object(
      {
        adds: ListedView(Type.String()),
        replaces: ListedView(Type.String()),
        removes: ListedView(Type.String()),
        removedRuns: Type.Integer({ description: 'How many removed files are of job runs.' }),
        removedSamples: Type.Integer({ description: 'How many removed files are samples.' }),
        unchanged: Type.Integer(),
      },
      { description: 'The next commit, without samples of tables that are read for it.' },
    ),
  ),
  sampledTables: Type.Integer({ description: 'How many tables would be read for their samples.' }),
  adoptionNeeded: Nullable(Type.Boolean()),
  warnings: ListedView(Type.String()),
});

/** The route that says what other settings for a mirror would do. */
export function addChangePreviewRoute(
  api: Api,
  deps: ApiDeps,
  whilePreviewed: WhilePreviewed,
): void {
  api.post(
    '/v1/projects/:project/mirrors/:branch/preview',
    {
      // The same role as for PUT, because this also sends the credential to the repository's host.
      config: { role: 'admin', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: "Preview what replacing a mirror's settings would do",
        description: 'Takes the body of PUT. Writes nothing.',
        params: MirrorParams,
        body: MirrorBody,
        response: { 200: ChangePreviewView },
      },
    },
    async (request, reply) => {
      const key = await mirrorKeyOf(deps, request);
      const { row } = await overviewOf(deps, key);
      const { adopt = false, ...body } = request.body;
      const settings = await settingsFrom(body, deps);
      if (settings.developmentBranches.link.length > 0) await requireDefaultBranch(deps, key);
      const { url, branch, subdirectory: folder } = settings.repository;
      const by = await findPlaceOwner(deps.db, mirrorStream(key), { url, branch, folder });
      if (by !== null && claimsPlace(row, settings.repository)) throw placeTaken(by);
      return whilePreviewed(reply, (signal) =>
        deps.previewChange({ ...key, ...settings, adopt }, { signal }),
      );
    },
  );
}
