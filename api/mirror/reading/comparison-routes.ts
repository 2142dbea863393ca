import type { Api } from '../../http/deps.ts';
import { pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { MirrorParams } from '../../http/schema-parts.ts';
import { anyKey, changesPage } from './commit-objects-routes.ts';
import { changedObjects, showChanges } from './commit-objects.ts';
import { namedObject, objectWords } from './named-object.ts';
import { readMirror, type ReadingDeps } from './open-reading.ts';
import { ComparisonQuery, ComparisonView } from './reading-schema.ts';
import { readAt } from './tree-routes.ts';

/** The route that compares an object, wherever it was, between any two commits. */
export function addComparisonRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/objects/comparison',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['reading'],
        summary: 'How an object differs between two commits',
        description:
          'The object is found by its ids in both commits: one whose folder has another name has moved, and its files are compared under their names in it. A configuration is compared with its rows. Texts are bounded as those of a commit.',
        params: MirrorParams,
        querystring: ComparisonQuery,
        response: { 200: ComparisonView },
      },
    },
    async (request) => {
      const object = namedObject(request.query);
      const { limit, after } = pageStart(request.query, anyKey);
      return readMirror(deps, request, async (reading) => {
        const { reading: layout } = reading.layout;
        const from = reading.commitAt(request.query.from);
        const to = reading.commitAt(request.query.to);
        const [was, is] = await Promise.all(
          [from, to].map((commit) => layout.find(object, reading.files(commit))),
        );
        const places = [was, is].map((path) =>
          path == null ? [] : [path, ...layout.besides(path)],
        );
        const [before = [], now = []] = places;
        if (before.length + now.length === 0)
          throw new ApiProblem(
            404,
            'object_not_found',
            `There is no ${objectWords(object)} in commit ${from.sha} or ${to.sha}.`,
          );
        const compared = { from, to };
        const found = await deps.slots.run(() =>
          changedObjects(reading, compared, { after, limit: Infinity }, [
            ...new Set([...before, ...now]),
          ]),
        );
        // Another object may have had its folder, or have it now.
        const own = found.filter(
          (one) => isAt(one.before?.path, before) || isAt(one.after?.path, now),
        );
        const rest = own.slice(0, limit + 1);
        const shown = await showChanges(reading, compared, rest.slice(0, limit));
        const paths = { path: is ?? null, previousPath: was ?? null };
        return {
          ...readAt(reading, to),
          from: from.sha,
          ...paths,
          ...changesPage(shown, rest.length),
        };
      });
    },
  );
}

/** Whether a path is one of these, or below one. */
function isAt(path: string | undefined, places: readonly string[]): boolean {
  return places.some((place) => path === place || path?.startsWith(`${place}/`) === true);
}
