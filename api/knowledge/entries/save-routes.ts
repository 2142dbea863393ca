import { editedText } from './edited-text.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { writeEntry } from '../../../knowledge/entries/edit-entry.ts';
import { withUpdated } from '../../../knowledge/entries/dated-entry.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { typedFields } from '../../../knowledge/entries/typed-fields.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import { Empty, Nullable } from '../../http/schema-parts.ts';
import { blobNamed } from '../history/short-names.ts';
import { reviewLink } from '../reviews/review-view.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { SpaceParams } from '../spaces/space-schema.ts';
import { checkedContent } from './checked-content.ts';
import {
  EditBody,
  EntryParams,
  EntryView,
  InReviewView,
  LaterView,
  NewEntryBody,
  RemoveQuery,
  WaitQuery,
} from './entry-schema.ts';
import { idFrom, newFields, newPath } from './new-entry.ts';
import { kindNamed, openEntry } from './open-entry.ts';
import { requireStorable } from './require-storable.ts';
import { saveEntry } from './save-entry.ts';
import { savedAnswer } from './saved-answer.ts';
import { textOfBase } from './stale-base.ts';

/** Routes that create, change and remove entries; each request is a save. */
export const addSaveRoutes: AddRoutes = (api, deps) => {
  addMake(api, deps);
  addEdit(api, deps);
  addRemove(api, deps);
};

const tags = ['entries'];
/** Room for a text of 1 MiB with JSON escapes. */
const bodyLimit = 8 * 1024 * 1024;
const one = '/v1/spaces/:space/entries/:entry';

function addMake(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:space/entries',
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      bodyLimit,
      schema: {
        tags,
        summary: 'Create an entry',
        description:
          'An id is generated if `fields` has none, and the file is named after the slug, title or id. Dates that the kind has (`created`, `updated`, `x-updated`) ' +
          'default to today. 202 if `wait=commit` took too long (the save is still accepted), or with `review` if others have to approve it first.',
        params: SpaceParams,
        querystring: WaitQuery,
        body: NewEntryBody,
        response: { 201: EntryView, 202: LaterView },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      requireStorable(request.body);
      const { slug = null, fields, body = '', message = null } = request.body;
      const kind = kindNamed(access, request.body.kind);
      access.require('editor', kind.name);
      const id = idFrom(fields);
      const given = typedFields(fields as EntryFields, {});
      const text = writeEntry(kind, newFields(kind, id, given), body);
      const content = checkedContent(text, { kind, ids: [id], known: [] });
      const path = await newPath(deps, access, kind, { slug, title: content.title, id });
      const saved = await saveEntry(deps, request, access, {
        id,
        kind,
        path,
        action: 'create',
        base: null,
        content,
        message,
        wait: request.query.wait === 'commit',
      });
      const answer = savedAnswer(reply, access, { id, kind }, saved);
      return answer.code === 'done'
        ? reply.code(201).send(answer.body)
        : reply.code(202).send(answer.body);
    },
  );
}

function addEdit(api: Api, deps: ApiDeps): void {
  api.put(
    one,
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      bodyLimit,
      schema: {
        tags,
        summary: 'Change an entry',
        description:
          '`fields` changes only the bytes of those fields; `text` replaces the whole file. The file keeps its line ends, its byte order mark and ' +
          'whether it ends with a line end, whatever is sent. What the kind marks with `x-updated` is set to the present, unless the edit sets it. ' +
          'An edit that changes nothing creates no commit. ' +
          'If `base` is no longer the head, the answer is 409 with `base`, `theirs`, `yours` and their `merge`. ' +
          '202 if `wait=commit` took too long (the save is still accepted), or with `review` if others have to approve it first.',
        params: EntryParams,
        querystring: WaitQuery,
        body: EditBody,
        response: { 200: EntryView, 202: LaterView },
      },
    },
    async (request, reply) => {
      const { access, entry, kind } = await openEntry(deps, request, 'editor');
      requireStorable(request.body);
      const { message = null } = request.body;
      const base = await blobNamed(deps, access, entry.id, request.body.base);
      // An edit applies to what the person saw, even if that is no longer the head.
      const seen = entry.headBlob === base ? null : await textOfBase(deps, access, entry.id, base);
      const before = seen ?? entry.headText;
      const edited = editedText({ id: entry.id, before }, kind, request.body);
      const given = request.body.fields ?? {};
      const text =
        before === null ? edited : withUpdated(edited, before, kind, { given, now: new Date() });
      const known = before === null ? entry.problems : readEntry(before, kind).problems;
      const ids = [entry.declaredId, entry.id];
      const content = checkedContent(text, { kind, ids, known });
      const saved = await saveEntry(deps, request, access, {
        id: entry.id,
        kind,
        path: entry.path,
        action: 'edit',
        base,
        content,
        message,
        wait: request.query.wait === 'commit',
      });
      const answer = savedAnswer(reply, access, { id: entry.id, kind }, saved);
      return answer.code === 'done'
        ? reply.code(200).send(answer.body)
        : reply.code(202).send(answer.body);
    },
  );
}

function addRemove(api: Api, deps: ApiDeps): void {
  api.delete(
    one,
    {
      config: { role: 'editor', refuses: [404, 409, 422] },
      schema: {
        tags,
        summary: 'Remove an entry; its history is kept, and any version can be restored',
        params: EntryParams,
        querystring: RemoveQuery,
        response: { 202: Nullable(InReviewView), 204: Empty },
      },
    },
    async (request, reply) => {
      const { access, entry, kind } = await openEntry(deps, request, 'editor');
      const saved = await saveEntry(deps, request, access, {
        id: entry.id,
        kind,
        path: entry.path,
        action: 'delete',
        base: await blobNamed(deps, access, entry.id, request.query.base),
        content: null,
        message: request.query.message ?? null,
        wait: request.query.wait === 'commit',
      });
      if (saved.review === null) return reply.code(saved.late ? 202 : 204).send(null);
      const { number } = saved.review;
      void reply.header('location', `/v1/spaces/${access.row.id}/reviews/${number}`);
      return reply.code(202).send({ review: reviewLink(saved.review) });
    },
  );
}
