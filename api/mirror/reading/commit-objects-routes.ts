import type { Api } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { changedObjects, parentOf, showChanges, type ShownChange } from './commit-objects.ts';
import { readMirror, type ReadingDeps } from './open-reading.ts';
import { shownName } from './configuration-names.ts';
import { CommitObjectsView, CommitParams } from './reading-schema.ts';
import { readAt } from './tree-routes.ts';

/** The key of an object, in which names of files may be. */
export const anyKey = /^[^\0]{1,4200}$/s;

/** The route that shows a commit as the objects that it changed. */
export function addCommitObjectsRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/commits/:sha',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['reading'],
        summary: 'A commit as changed objects, with before and after',
        description:
          'An object is the same one if its id is: one whose folder has another name has moved. Texts of more than 128 KiB are left out; a page ends early when its texts are larger than 2 MiB together.',
        params: CommitParams,
        querystring: PageQuery,
        response: { 200: CommitObjectsView },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(request.query, anyKey);
      return readMirror(deps, request, async (reading) => {
        const commit = reading.commitAt(request.params.sha);
        const compared = { from: parentOf(reading, commit), to: commit };
        const [rest, facts] = await Promise.all([
          deps.slots.run(() => changedObjects(reading, compared, { after, limit: limit + 1 })),
          reading.clone.commitFacts(commit.sha),
        ]);
        const shown = await showChanges(reading, compared, rest.slice(0, limit));
        return {
          ...readAt(reading, commit),
          author: facts?.author ?? { name: '', email: '' },
          authoredAt: (facts?.authoredAt ?? commit.committedAt).toISOString(),
          subject: facts?.subject ?? '',
          body: facts?.body ?? '',
          parent: compared.from?.sha ?? null,
          ...changesPage(shown, rest.length),
        };
      });
    },
  );
}

/** A page of changed objects; there is another one if not all that were found are shown. */
export function changesPage(shown: ShownChange[], found: number) {
  const isLast = shown.length === found;
  const rows = isLast ? shown : [...shown, ...shown.slice(-1)];
  return pageOf(rows, shown.length, ({ key }) => key, changeView);
}

function changeView({ change, before, after, name, names, files, filesLeftOut }: ShownChange) {
  const place = after ?? before;
  const moved = change === 'moved' ? (before?.path ?? null) : null;
  return {
    change,
    kind: place?.kind ?? ('file' as const),
    ...place?.ids,
    name: name === null ? null : shownName(name),
    ...names,
    path: place?.path ?? '',
    previousPath: moved,
    files,
    filesLeftOut,
  };
}
