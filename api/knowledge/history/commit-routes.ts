import { Type } from '@fastify/type-provider-typebox';
import {
  listRecentCommits,
  type RecentCommit,
} from '../../../db/knowledge/history/recent-commits.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { PageOf } from '../../http/schema-parts.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { SpaceCommitView } from './history-schema.ts';

/** The route that lists the commits of a space. */
export const addSpaceCommitRoutes: AddRoutes = (api, deps) => {
  api.get(
    '/v1/spaces/:space/commits',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags: ['history'],
        summary: 'Commits that changed entries, newest first',
        description:
          'Each commit is one item, however many entries it changed; `GET …/changes` has an item for each entry.',
        params: SpaceParams,
        querystring: Type.Interface([PageQuery], {}),
        response: { 200: PageOf(SpaceCommitView) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = pageStart(request.query, /^\d{1,15}$/);
      const rows = await listRecentCommits(deps.db, access.row.id, {
        kinds: access.kinds('reader'),
        limit: limit + 1,
        before: after === null ? null : Number(after),
      });
      return pageOf(rows, limit, ({ position }) => position, commitView);
    },
  );
};

function commitView({ sha, authoredAt, author, via, subject, count, entries }: RecentCommit) {
  return { ...{ commit: sha, author, via, subject, count, entries }, at: authoredAt.toISOString() };
}
