import {
  searchable,
  searchCatalog,
  type SearchMatch,
} from '../../../model/mirror/reading/search-catalog.ts';
import { oneLine } from '../../../model/text/outside-text.ts';
import type { Api } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { MirrorParams, refusals } from '../../http/schema-parts.ts';
import { shownName } from './configuration-names.ts';
import { readMirror, type ReadingDeps } from './open-reading.ts';
import { SearchQuery, SearchView } from './reading-schema.ts';
import { readAt } from './tree-routes.ts';

/** The rank and the order of the last match. */
const placePattern = /^\d [^\0]{1,3000}$/s;

/** The route that finds configurations and tables by text. */
export function addSearchRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/search',
    {
      config: { role: 'agent' },
      schema: {
        tags: ['reading'],
        summary: 'Configurations, rows and tables by text, best match first',
        params: MirrorParams,
        querystring: SearchQuery,
        response: { 200: SearchView, ...refusals },
      },
    },
    async (request) => {
      const { text = '', kind = null, at } = request.query;
      const { limit, after } = pageStart(request.query, placePattern);
      return readMirror(deps, request, async (reading) => {
        const commit = reading.commitAt(at);
        const files = reading.files(commit);
        const catalog = await reading.layout.reading.catalog(files);
        if (catalog === null) throw tooMuch();
        const found = searchCatalog(files.derive(catalog, searchable), {
          ...{ text, kind, limit: limit + 1 },
          after: after === null ? null : { rank: Number(after.slice(0, 1)), order: after.slice(2) },
        });
        const page = pageOf(found, limit, ({ rank, order }) => `${rank} ${order}`, matchView);
        return { ...readAt(reading, commit), ...page };
      });
    },
  );
}

function matchView({ entry: { kind, ids, ...entry } }: SearchMatch) {
  const { name, componentName, description, path, isDisabled } = entry;
  return {
    ...{ kind, ...ids, name: shownName(name), description: oneLine(description), path, isDisabled },
    componentName: componentName === null ? null : shownName(componentName),
  };
}

function tooMuch(): ApiProblem {
  const detail = 'The catalog has more files than are searched. Search the repository with git.';
  return new ApiProblem(422, 'too_many_files', detail);
}
