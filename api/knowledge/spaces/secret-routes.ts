import type { Db } from '../../../db/connect.ts';
import {
  listFindings,
  type FindingPlace,
  type StoredFinding,
} from '../../../db/streams/secret-findings.ts';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { PageQuery, pageOf } from '../../http/paging.ts';
import { PageOf } from '../../http/schema-parts.ts';
import {
  findingStart,
  findingView,
  nextFinding,
  StoredFindingView,
} from '../../streams/secrets-schema.ts';
import { spaceOf, type SpaceAccess } from './space-access.ts';
import { SpaceParams } from './space-schema.ts';

/** The route that lists where secrets were recognised in the entries of a space. */
export const addSpaceSecretRoutes: AddRoutes = (api, deps) => {
  api.get(
    '/v1/spaces/:space/secrets',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags: ['spaces'],
        summary: 'Secrets that were recognised in entries in Git, by path and line',
        description:
          'Where they are, and of what kind; never what they are. Of the kinds of entries that the caller may read.',
        params: SpaceParams,
        querystring: PageQuery,
        response: { 200: PageOf(StoredFindingView) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { limit, after } = findingStart(request.query);
      const rows = await listSeen(deps.db, access, { after, limit: limit + 1 });
      return pageOf(rows, limit, nextFinding, findingView);
    },
  );
};

const readAtOnce = 500;

/** Findings of the kinds that the caller may read; nothing depends on the others. */
async function listSeen(
  db: Db,
  access: SpaceAccess,
  { after, limit }: { after: FindingPlace | null; limit: number },
): Promise<StoredFinding[]> {
  const { id, root, kinds: own } = access.row;
  const kinds = kindsOf(own);
  const seen: StoredFinding[] = [];
  for (let place = after; ;) {
    const rows = await listFindings(db, spaceStream(id), { after: place, limit: readAtOnce });
    for (const row of rows) {
      const kind = kindOfPath(kinds, root, row.path);
      if (kind !== null && access.may('reader', kind.name)) seen.push(row);
    }
    place = rows.at(-1) ?? null;
    if (seen.length >= limit || rows.length < readAtOnce) return seen.slice(0, limit);
  }
}
