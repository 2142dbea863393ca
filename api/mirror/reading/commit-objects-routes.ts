import type { Api } from '../../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { refusals } from '../../http/schema-parts.ts';
import { changedObjects, parentOf, showChanges, type ShownChange } from './commit-objects.ts';
import { readMirror, type ReadingDeps } from './open-reading.ts';
import { shownName } from './configuration-names.ts';
import { CommitObjectsView, CommitParams } from './reading-schema.ts';
import { readAt } from './tree-routes.ts';

/** The key of an object, in which names of files may be. */
const anyKey = /^[^\0]{1,4200}$/s;

/** The route that shows a commit as the objects that it changed. */
export function addCommitObjectsRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/commits/:sha',
    {
      config: { role: 'agent' },
      schema: {
        tags: ['reading'],
        summary: 'A commit as changed objects, with before and after',
        description:
          'An object is the same one if its id is: one whose folder has another name has moved. Texts of more than 128 KiB are left out; a page ends early when its texts are larger than 2 MiB together.',
        params: CommitParams,
        querystring: PageQuery,
        response: { 200: CommitObjectsView, ...refusals },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(request.query, anyKey);
      return readMirror(deps, request, async (reading) => {
        const commit = reading.commitAt(request.params.sha);
        const [rest, facts] = await Promise.all([
          deps.slots.run(() => changedObjects(reading, commit, { after, limit: limit + 1 })),
          reading.clone.commitFacts(commit.sha),
        ]);
        const shown = await showChanges(reading, commit, rest.slice(0, limit));
        const isLast = shown.length === rest.length;
        const page = pageOf(
          isLast ? shown : [...shown, ...shown.slice(-1)],
          shown.length,
          ({ key }) => key,
          changeView,
        );
        return {
          ...readAt(reading, commit),
          author: facts?.author ?? { name: '', email: '' },
          authoredAt: (facts?.authoredAt ?? commit.committedAt).toISOString(),
          subject: facts?.subject ?? '',
          body: facts?.body ?? '',
          parent: parentOf(reading, commit)?.sha ?? null,
          ...page,
        };
      });
    },
  );
}

/** A changed object as the API returns it. */
export function changeView({
  change,
  before,
  after,
  name,
  names,
  files,
  filesLeftOut,
}: ShownChange) {
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
