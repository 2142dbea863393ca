import type { Static } from '@fastify/type-provider-typebox';
import type { Entry } from '../../../db/knowledge/entries.ts';
import { movedPath, type MoveTarget } from '../../../knowledge/entries/moved-path.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { blobNamed } from '../history/short-names.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { contentOf } from './checked-content.ts';
import { EntryParams, EntryView, LaterView, MoveBody, WaitQuery } from './entry-schema.ts';
import { openEntry } from './open-entry.ts';
import { saveEntry } from './save-entry.ts';
import { savedAnswer } from './saved-answer.ts';

/** The route that moves an entry's file. */
export const addMoveRoute: AddRoutes = (api, deps) => {
  api.post(
    '/v1/spaces/:space/entries/:entry/actions/move',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags: ['entries'],
        summary: "Give an entry's file another name, or move it within the folder of its kind",
        description:
          'The move is a save: waiting edits and pushes to the old file come along. If a push moves the file elsewhere in the meantime, ' +
          'it stays there. 202 if `wait=commit` took too long (the save is still accepted), or with `review` if others have to approve it first.',
        params: EntryParams,
        querystring: WaitQuery,
        body: MoveBody,
        response: { 200: EntryView, 202: LaterView },
      },
    },
    async (request, reply) => {
      const { access, entry, kind } = await openEntry(deps, request, 'editor');
      const path = newPathOf(access, entry, kind, request.body);
      const saved = await saveEntry(deps, request, access, {
        id: entry.id,
        kind,
        path: entry.path,
        moveTo: path,
        action: 'move',
        base: await blobNamed(deps, access, entry.id, request.body.base),
        content: contentToMove(entry, kind),
        message: request.body.message ?? null,
        wait: request.query.wait === 'commit',
      });
      const answer = savedAnswer(reply, access, { id: entry.id, kind }, saved);
      return answer.code === 'done'
        ? reply.code(200).send(answer.body)
        : reply.code(202).send(answer.body);
    },
  );
};

function newPathOf(
  { row }: SpaceAccess,
  entry: Entry,
  kind: Kind,
  { slug, path }: Static<typeof MoveBody>,
): string {
  if ((slug === undefined) === (path === undefined))
    throw fieldProblem('', 'give either `slug` or `path`');
  const to: MoveTarget = path === undefined ? { slug: slug ?? '' } : { path };
  const from = entry.movingTo ?? entry.path;
  const moved = movedPath({ kind, kinds: kindsOf(row.kinds), root: row.root, from }, to);
  if ('path' in moved) return moved.path;
  throw fieldProblem(path === undefined ? '/slug' : '/path', moved.fault);
}

/** The content of an entry that can be moved: it stays as it is, whatever problems it has. */
function contentToMove(entry: Entry, kind: Kind) {
  const { id, declaredId, headText: text } = entry;
  if (text === null)
    throw new ApiProblem(
      422,
      'entry_unreadable',
      `${id} is not UTF-8 text of at most 1 MiB. Move it with git.`,
    );
  if (declaredId !== id)
    throw new ApiProblem(
      422,
      'entry_invalid',
      `The file of ${id} has no id of its own: it would be another entry under another name. Give it an id first.`,
    );
  return contentOf(text, readEntry(text, kind));
}
