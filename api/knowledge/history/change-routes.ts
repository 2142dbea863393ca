import { Type } from '@fastify/type-provider-typebox';
import { listRecentChanges } from '../../../db/knowledge/history/history.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { SpaceChangeView } from './history-schema.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { KindName, PageOf } from '../../http/schema-parts.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { versionView } from './history-view.ts';

const ChangesQuery = Type.Interface([PageQuery], {
  kind: Type.Optional({ ...KindName, description: 'Only changes of this kind.' }),
});
/** A position and an entry's id. */
const place = /^\d{1,15} [^\0]{1,200}$/;

/** The route that lists what changed in a space. */
export const addSpaceChangeRoutes: AddRoutes = (api, deps) => {
  api.get(
    '/v1/spaces/:space/changes',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags: ['history'],
        summary: 'What commits changed in a space, newest first',
        description: 'A commit that changed several entries has an item for each of them.',
        params: SpaceParams,
        querystring: ChangesQuery,
        response: { 200: PageOf(SpaceChangeView) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { kind } = request.query;
      const readable = access.kinds('reader');
      const kinds =
        kind === undefined
          ? readable
          : access.may('reader', kind)
            ? [kind.replaceAll('\0', '')]
            : [];
      const { limit, after } = pageStart(request.query, place);
      const page = { kinds, limit: limit + 1, before: after === null ? null : positionOf(after) };
      const rows = await listRecentChanges(deps.db, access.row.id, page);
      return pageOf(
        rows,
        limit,
        ({ position, entryId }) => `${position} ${entryId}`,
        (row) => ({ entryId: row.entryId, kind: row.kind, ...versionView(row) }),
      );
    },
  );
};

function positionOf(cursor: string): { position: number; entryId: string } {
  const space = cursor.indexOf(' ');
  return { position: Number(cursor.slice(0, space)), entryId: cursor.slice(space + 1) };
}
