import { listFindings } from '../../db/streams/secret-findings.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import type { AddRoutes } from '../http/deps.ts';
import { PageQuery, pageOf } from '../http/paging.ts';
import { MirrorParams, PageOf } from '../http/schema-parts.ts';
import {
  findingStart,
  findingView,
  nextFinding,
  StoredFindingView,
} from '../streams/secrets-schema.ts';
import { overviewOf } from './mirrors/open-mirror.ts';
import { mirrorKeyOf } from './project-source.ts';

/** The route that lists where secrets were recognised in the texts of a mirror. */
export const addSecretRoutes: AddRoutes = (api, deps) => {
  api.get(
    '/v1/projects/:project/mirrors/:branch/secrets',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags: ['mirrors'],
        summary: 'Secrets that were recognised in texts, by path and line',
        description:
          'Where they are, and of what kind; never what they are. A file is looked at when it changes, and is told of until it has none any more.',
        params: MirrorParams,
        querystring: PageQuery,
        response: { 200: PageOf(StoredFindingView) },
      },
    },
    async (request) => {
      const key = await mirrorKeyOf(deps, request);
      await overviewOf(deps, key);
      const { limit, after } = findingStart(request.query);
      const page = { after, limit: limit + 1 };
      const rows = await listFindings(deps.db, mirrorStream(key), page);
      return pageOf(rows, limit, nextFinding, findingView);
    },
  );
};
