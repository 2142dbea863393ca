import {
  countCatalog,
  searchable,
  searchCatalog,
  type CatalogGroup,
  type SearchMatch,
} from '../../../model/mirror/reading/search-catalog.ts';
import { oneLine } from '../../../model/text/outside-text.ts';
import type { Api } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { MirrorParams } from '../../http/schema-parts.ts';
import { shownName } from './configuration-names.ts';
import type { TreeFiles } from '../../../platforms/reading/layout-reading.ts';
import { readMirror, type MirrorReading, type ReadingDeps } from './open-reading.ts';
import { AtQuery, ContentsView, SearchQuery, SearchView } from './reading-schema.ts';
import { readAt } from './tree-routes.ts';

/** The rank and the order of the last match. */
const placePattern = /^\d [^\0]{1,3000}$/s;

/** The most components, and the most buckets, that are counted one by one. */
const mostGroups = 500;

/** The routes that find configurations and tables by text, and count them. */
export function addSearchRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/search',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['reading'],
        summary: 'Configurations, rows and tables by text, best match first',
        params: MirrorParams,
        querystring: SearchQuery,
        response: { 200: SearchView },
      },
    },
    async (request) => {
      const { text = '', kind = null, component, bucket, at } = request.query;
      const { limit, after } = pageStart(request.query, placePattern);
      return readMirror(deps, request, async (reading) => {
        const commit = reading.commitAt(at);
        const files = reading.files(commit);
        const catalog = await catalogOf(reading, files);
        const found = searchCatalog(files.derive(catalog, searchable), {
          ...{ text, kind, group: groupOf(component, bucket), limit: limit + 1 },
          after: after === null ? null : { rank: Number(after.slice(0, 1)), order: after.slice(2) },
        });
        const page = pageOf(found, limit, ({ rank, order }) => `${rank} ${order}`, matchView);
        return { ...readAt(reading, commit), ...page };
      });
    },
  );

  api.get(
    '/v1/projects/:project/mirrors/:branch/contents',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['reading'],
        summary: 'How much the mirror holds, by component and by bucket',
        params: MirrorParams,
        querystring: AtQuery,
        response: { 200: ContentsView },
      },
    },
    async (request) =>
      readMirror(deps, request, async (reading) => {
        const commit = reading.commitAt(request.query.at);
        const files = reading.files(commit);
        const counts = files.derive(await catalogOf(reading, files), countCatalog);
        return {
          ...readAt(reading, commit),
          ...counts.total,
          components: counts.components
            .slice(0, mostGroups)
            .map(({ id, name, configurations, rows }) => ({
              ...{ componentId: id, configurations, rows },
              componentName: name === null ? null : shownName(name),
            })),
          buckets: counts.buckets
            .slice(0, mostGroups)
            .map(({ id, tables }) => ({ bucketId: id, tables })),
        };
      }),
  );
}

async function catalogOf({ layout }: MirrorReading, files: TreeFiles) {
  const catalog = await layout.reading.catalog(files);
  if (catalog === null) throw tooMuch();
  return catalog;
}

function groupOf(component: string | undefined, bucket: string | undefined): CatalogGroup | null {
  if (component !== undefined && bucket !== undefined)
    throw fieldProblem('/bucket', 'give a component or a bucket, not both');
  if (component !== undefined) return { kind: 'component', id: component };
  return bucket === undefined ? null : { kind: 'bucket', id: bucket };
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
