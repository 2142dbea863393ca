import type { FastifyRequest } from 'fastify';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { listEntries } from '../../../db/knowledge/entry-lists.ts';
import { editEntry, writeEntry } from '../../../knowledge/entries/edit-entry.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { EntryFields, Kind } from '../../../model/knowledge/entry.ts';
import { checkedContent } from './checked-content.ts';
import { historyOf, versionNotFound, versionOf } from '../history/open-history.ts';
import { orderOf, placeOf } from './entry-order.ts';
import { entryItem, entryView, versionView } from './entry-view.ts';
import { idFrom, newFields, newPath } from './new-entry.ts';
import { kindNamed, openEntry, present } from './open-entry.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { requireStorable } from './require-storable.ts';
import { saveEntry } from './save-entry.ts';
import {
  EditBody,
  EntryItem,
  EntryQuery,
  EntryView,
  MomentQuery,
  NewEntryBody,
  RemoveQuery,
  WaitQuery,
} from './entry-schema.ts';
import { EntryParams, SpaceParams } from '../history/history-schema.ts';
import { Empty, PageOf, refusals } from '../../http/schema-parts.ts';
import { parseSearch } from './search-query.ts';
import { spaceOf } from '../spaces/space-access.ts';
import { textOfBase } from './stale-base.ts';
import { textOfVersion } from '../history/text-of-version.ts';
import { momentOf } from '../history/version-moment.ts';

/** Entries: list, look at, make, change, remove. */
export const addEntryRoutes: AddRoutes = (api, deps) => {
  addList(api, deps);
  addRead(api, deps);
  addMake(api, deps);
  addEdit(api, deps);
  addRemove(api, deps);
};

const tags = ['entries'];
/** A text of 1 MiB, and what JSON makes of it. */
const bodyLimit = 8 * 1024 * 1024;
const one = '/v1/spaces/:s/entries/:id';

function addList(api: Api, deps: ApiDeps): void {
  api.get(
    '/v1/spaces/:s/entries',
    {
      config: { role: 'agent' },
      schema: {
        tags,
        summary: 'List and search entries',
        description: 'As they are with what waits to be sent.',
        params: SpaceParams,
        querystring: EntryQuery,
        response: { 200: PageOf(EntryItem), ...refusals },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      const { kind, status, q = '', sort = 'title' } = request.query;
      if (kind !== undefined) access.require('reader', kind);
      const { limit, after } = pageStart(request.query, /^\["/);
      const order = orderOf(sort);
      const rows = await listEntries(deps.db, access.row.id, {
        kinds: kind === undefined ? access.kinds('reader') : [kind],
        status: status ?? null,
        ...parseSearch(q),
        order,
        after: after === null ? null : placeOf(after, order),
        limit: limit + 1,
      });
      return pageOf(rows, limit, ({ key, id }) => JSON.stringify([key, id]), entryItem);
    },
  );
}

function addRead(api: Api, deps: ApiDeps): void {
  api.get(
    one,
    {
      config: { role: 'agent' },
      schema: {
        tags,
        summary: 'An entry, as it is now or as it was',
        params: EntryParams,
        querystring: MomentQuery,
        response: { 200: EntryView, ...refusals },
      },
    },
    async (request) => {
      const { ref, at } = request.query;
      if (ref !== undefined && at !== undefined)
        throw fieldProblem('/at', 'leave one of `ref` and `at` out');
      if (ref !== undefined) return pastView(deps, request, ref, '/ref');
      if (at !== undefined) return pastView(deps, request, at, '/at');
      const { entry, kind } = await openEntry(deps, request, 'reader');
      return entryView(entry, kind);
    },
  );
}

function addMake(api: Api, deps: ApiDeps): void {
  api.post(
    '/v1/spaces/:s/entries',
    {
      config: { role: 'editor' },
      bodyLimit,
      schema: {
        tags,
        summary: 'Make an entry',
        description:
          'It gets an id unless `fields` has one, and a file named by its slug, title or id. `created` and `updated` are today ' +
          'where the kind has them and they are not given. 202 where `wait=commit` took too long: it is accepted all the same.',
        params: SpaceParams,
        querystring: WaitQuery,
        body: NewEntryBody,
        response: { 201: EntryView, 202: EntryView, ...refusals },
      },
    },
    async (request, reply) => {
      const access = await spaceOf(deps, request);
      requireStorable(request.body);
      const { slug = null, fields, body = '', message = null } = request.body;
      const kind = kindNamed(access, request.body.kind);
      access.require('editor', kind.name);
      const id = idFrom(fields);
      const text = writeEntry(kind, newFields(kind, id, fields as EntryFields), body);
      const content = checkedContent(text, { kind, ids: [id], known: [] });
      const path = await newPath(deps, access, kind, { slug, title: content.title, id });
      const { entry, late } = await saveEntry(deps, request, access, {
        id,
        kind,
        path,
        action: 'create',
        base: null,
        content,
        message,
        wait: request.query.wait === 'commit',
      });
      return reply.code(late ? 202 : 201).send(entryView(present(access, id, entry), kind));
    },
  );
}

function addEdit(api: Api, deps: ApiDeps): void {
  api.put(
    one,
    {
      config: { role: 'editor' },
      bodyLimit,
      schema: {
        tags,
        summary: 'Change an entry',
        description:
          'Fields change in their own bytes and nowhere else; `text` is the whole file instead. What changes nothing is no commit. ' +
          'A `base` that is not the head any more is a 409 with `base`, `theirs`, `yours` and their `merge`. ' +
          '202 where `wait=commit` took too long: it is accepted all the same.',
        params: EntryParams,
        querystring: WaitQuery,
        body: EditBody,
        response: { 200: EntryView, 202: EntryView, ...refusals },
      },
    },
    async (request, reply) => {
      const { access, entry, kind } = await openEntry(deps, request, 'editor');
      requireStorable(request.body);
      const { base, message = null } = request.body;
      // An edit is of what the person saw, also where that is not the head any more.
      const seen = entry.headBlob === base ? null : await textOfBase(deps, access, entry.id, base);
      const before = seen ?? entry.headText;
      const text = changedText({ id: entry.id, before }, kind, request.body);
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
      const now = present(access, entry.id, saved.entry);
      return reply.code(saved.late ? 202 : 200).send(entryView(now, kind));
    },
  );
}

function addRemove(api: Api, deps: ApiDeps): void {
  api.delete(
    one,
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Remove an entry; its history stays, and any version can be restored',
        params: EntryParams,
        querystring: RemoveQuery,
        response: { 202: Empty, 204: Empty, ...refusals },
      },
    },
    async (request, reply) => {
      const { access, entry, kind } = await openEntry(deps, request, 'editor');
      const { late } = await saveEntry(deps, request, access, {
        id: entry.id,
        kind,
        path: entry.path,
        action: 'delete',
        base: request.query.base,
        content: null,
        message: request.query.message ?? null,
        wait: request.query.wait === 'commit',
      });
      return reply.code(late ? 202 : 204).send(null);
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
  const version = await versionOf(deps, history, momentOf(moment, pointer));
  if (version === null) throw versionNotFound(`${history.id} was not there at ${moment}.`);
  const { access, entry, id } = history;
  const text = await textOfVersion(deps, access.row, version.blob, version.sha);
  return versionView(entry, id, version, { text, kind: kindNamed(access, version.kind) });
}

/** The text that an edit comes to. Throws 422 `edit_refused` where it cannot be shown that only this would change. */
function changedText(
  { id, before }: { id: string; before: string | null },
  kind: Kind,
  { text, fields, body }: { text?: string; fields?: Record<string, unknown>; body?: string },
): string {
  if (text !== undefined && (fields !== undefined || body !== undefined))
    throw fieldProblem('/text', 'is the whole file: leave `fields` and `body` out');
  if (text !== undefined) return text;
  if (before === null)
    throw new ApiProblem(
      422,
      'entry_unreadable',
      `${id} is no UTF-8 text of at most 1 MiB. Change it with git.`,
    );
  const edited = editEntry(before, kind, {
    ...(fields === undefined ? {} : { fields: fields as EntryFields }),
    ...(body === undefined ? {} : { body }),
  });
  if (edited.kind === 'edited') return edited.text;
  throw new ApiProblem(
    422,
    'edit_refused',
    `Line ${edited.line}: ${edited.message} Send the whole file as \`text\` instead.`,
    [{ pointer: `/fields${edited.pointer}`, message: `line ${edited.line}: ${edited.message}` }],
  );
}
