import type { Api } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { MirrorParams } from '../../http/schema-parts.ts';
import { namedObject, objectWords } from './named-object.ts';
import { objectVersions, type ObjectVersion, type WalkPlace } from './object-versions.ts';
import { readMirror, type MirrorReading, type ReadingDeps } from './open-reading.ts';
import { ownedPath } from './owned-path.ts';
import { VersionsQuery, VersionsView } from './reading-schema.ts';
import { readAt } from './tree-routes.ts';

/** The commit to go on with, and the path that the object has after it. */
const placePattern = /^[0-9a-f]{40} [^\0]{0,4096}$/s;

/** The route that lists the versions of an object. */
export function addVersionRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/objects/versions',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['reading'],
        summary: 'The commits that changed an object, newest first',
        description:
          'The object is named by its ids: `component` and `configuration` (and `row`), `bucket`, or `table`. It is followed by its ids when its path changes, and when it was removed and came back. The versions of a configuration include those of its rows.',
        params: MirrorParams,
        querystring: VersionsQuery,
        response: { 200: VersionsView },
      },
    },
    async (request) => {
      const object = namedObject(request.query);
      const { limit, after } = pageStart(request.query, placePattern);
      return readMirror(deps, request, async (reading) => {
        const { head, layout, clone } = reading;
        const path = await layout.reading.find(object, reading.files(head));
        const from = after === null ? { position: head.position, path } : placeOf(reading, after);
        const found = await deps.slots.run(() => objectVersions(reading, object, from, limit + 1));
        if (found.length === 0 && path === null && after === null)
          throw new ApiProblem(
            404,
            'object_not_found',
            `The mirror has, and had, no ${objectWords(object)}.`,
          );
        const rows = await Promise.all(
          found.map(async (version, index) => ({
            version,
            facts: await clone.commitFacts(reading.line.shaAt(version.position)),
            // A page that starts after this one starts with what the next version says.
            next: found[index + 1],
          })),
        );
        const page = pageOf(
          rows,
          limit,
          ({ next }) => cursorOf(reading, next),
          (row) => ({
            commit: reading.line.shaAt(row.version.position),
            author: row.facts?.author ?? { name: '', email: '' },
            authoredAt: (row.facts?.authoredAt ?? new Date(0)).toISOString(),
            committedAt: (row.facts?.committedAt ?? new Date(0)).toISOString(),
            subject: row.facts?.subject ?? '',
            change: row.version.change,
            path: row.version.path,
            previousPath: row.version.previousPath,
          }),
        );
        return { ...readAt(reading, head), path, ...page };
      });
    },
  );
}

/** A walk can go on with any version: with the commit, and with the path that the object has after it. */
function cursorOf({ line }: MirrorReading, next: ObjectVersion | undefined): string {
  return next === undefined ? '' : `${line.shaAt(next.position)} ${next.path ?? ''}`;
}

function placeOf(reading: MirrorReading, cursor: string): WalkPlace {
  const position = reading.line.positionOf(cursor.slice(0, 40));
  if (position === null || position < reading.first)
    throw fieldProblem(
      '/cursor',
      'is of a commit that the branch no longer has; start without one',
    );
  const path = ownedPath(reading, cursor.slice(41));
  return { position, path: path === '' ? null : path };
}
