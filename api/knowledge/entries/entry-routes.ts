import type { FastifyRequest } from 'fastify';
import { listEntries } from '../../../db/knowledge/entry-lists.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { fieldProblem } from '../../http/problem.ts';
import { PageOf } from '../../http/schema-parts.ts';
import { environmentAsked } from '../refs/environment-asked.ts';
import { historyOf, versionNotFound, versionOf } from '../history/open-history.ts';
import { textOfVersion } from '../history/text-of-version.ts';
import { momentIn } from '../history/short-names.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { orderOf, positionOf } from './entry-order.ts';
import { entriesInEnvironment, entryInEnvironment } from './entries-in-environment.ts';
import { EntryItem, EntryParams, EntryQuery, EntryView, MomentQuery } from './entry-schema.ts';
import { entryItem, entryView, versionView } from './entry-view.ts';
import { kindNamed, openListed } from './open-entry.ts';
import { parseSearch } from './search-query.ts';

/** Routes that list, search and show entries. */
export const addEntryRoutes: AddRoutes = (api, deps) => {
  addList(api, deps);
  addRead(api, deps);
};

const tags = ['entries'];

function addList(api: Api, deps: ApiDeps): void {
  api.get(
    '/v1/spaces/:space/entries',
    {
      config: { role: 'agent', refuses: [403, 404, 422] },
      schema: {
        tags,
        summary: 'List and search entries',
        description:
          'Includes saves that are not in Git yet, and entries that were removed and have an open conflict (their `blob` is `null`). With `env`, the entries of one `kind` as that environment has them, by their ids; 422 if there are more than 500.',
        params: SpaceParams,
        querystring: EntryQuery,
        response: { 200: PageOf(EntryItem) },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const environment = environmentAsked(request.query);
      if (environment !== null)
        return entriesInEnvironment(deps, access, environment, request.query);
      const { kind, status, q = '', sort = 'title' } = request.query;
      if (kind !== undefined) access.require('reader', kind);
      const { limit, after } = pageStart(request.query, /^\["/);
      const order = orderOf(sort);
      const readable = access.kinds('reader');
      const rows = await listEntries(deps.db, access.row.id, {
        kinds: kind === undefined ? readable : [kind],
        status: status ?? null,
        ...parseSearch(q),
        order,
        after: after === null ? null : positionOf(after, order),
        limit: limit + 1,
      });
      return pageOf(
        rows,
        limit,
        ({ key, id }) => JSON.stringify([key, id]),
        (row) => entryItem(row, readable),
      );
    },
  );
}

function addRead(api: Api, deps: ApiDeps): void {
  api.get(
    '/v1/spaces/:space/entries/:entry',
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Show an entry, as it is now or as it was earlier',
        params: EntryParams,
        querystring: MomentQuery,
        response: { 200: EntryView },
      },
    },
    async (request) => {
      const { ref, at } = request.query;
      const environment = environmentAsked(request.query);
      if (environment !== null) {
        if (ref !== undefined)
          throw fieldProblem('/ref', 'give either `ref` or an environment, not both');
        return entryInEnvironment(deps, request, environment);
      }
      if (ref !== undefined && at !== undefined)
        throw fieldProblem('/at', 'give either `ref` or `at`, not both');
      if (ref !== undefined) return pastView(deps, request, ref, '/ref');
      if (at !== undefined) return pastView(deps, request, at, '/at');
      const { access, entry, kind } = await openListed(deps, request);
      return entryView(entry, kind, access.kinds('reader'));
    },
  );
}

async function pastView(
  deps: ApiDeps,
  request: FastifyRequest,
  moment: string,
  pointer: string,
): Promise<ReturnType<typeof entryView>> {
  const history = await historyOf(deps, request);
  const version = await versionOf(
    deps,
    history,
    await momentIn(deps, history.access, moment, pointer),
  );
  if (version === null)
    throw versionNotFound(history.id, `${history.id} did not exist at ${moment}.`);
  const { access, entry, id } = history;
  const text = await textOfVersion(deps, access.row, version.blob, version.sha);
  return versionView(entry, id, version, { text, kind: kindNamed(access, version.kind) });
}
