import type { Static } from '@fastify/type-provider-typebox';
import { findEntry } from '../../../db/knowledge/entries.ts';
import type { Draft } from '../../../db/knowledge/drafts/drafts.ts';
import { writeEntry } from '../../../knowledge/entries/edit-entry.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { typedFields } from '../../../knowledge/entries/typed-fields.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { editedText } from '../entries/edited-text.ts';
import { idFrom, newFields } from '../entries/new-entry.ts';
import { kindNamed } from '../entries/open-entry.ts';
import { textOfBase } from '../entries/stale-base.ts';
import { blobNamed } from '../history/short-names.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import type { DraftBody } from './draft-schema.ts';

type Body = Static<typeof DraftBody>;

/** What a draft will be of its entry. */
export type DraftContent = Pick<Draft, 'entryId' | 'kind' | 'slug' | 'action' | 'base' | 'content'>;

/**
 * What somebody writes, as a file's text. It may have any problem: a draft is for what is not done yet. Throws 422 if
 * it is neither of an entry nor a new one, or if fields cannot be written into the file.
 */
export async function draftContent(
  deps: ApiDeps,
  access: SpaceAccess,
  body: Body,
  before: Draft | null,
): Promise<DraftContent> {
  if ((body.entry === undefined) === (body.kind === undefined))
    throw fieldProblem('', 'give either `entry`, or the `kind` of a new one');
  return body.entry === undefined
    ? newEntry(access, body, before)
    : changedEntry(deps, access, { ...body, entry: body.entry });
}

function newEntry(access: SpaceAccess, body: Body, before: Draft | null): DraftContent {
  if (body.base !== undefined || body.remove !== undefined)
    throw fieldProblem('', 'a new entry has neither `base` nor `remove`');
  const kind = kindNamed(access, body.kind ?? '');
  access.require('editor', kind.name);
  const { fields = {}, body: text = '', slug = null } = body;
  if (body.text !== undefined) {
    if (body.fields !== undefined || body.body !== undefined)
      throw fieldProblem('/text', 'is the whole file: leave out `fields` and `body`');
    const id = readEntry(body.text, kind).id ?? before?.entryId ?? idFrom({});
    return { ...made(id, kind.name, slug), content: body.text };
  }
  // Each time that it is written it is the same entry, also if nobody gave it an id yet.
  const id = fields.id === undefined ? (before?.entryId ?? idFrom({})) : idFrom(fields);
  const given = typedFields(fields as EntryFields, {});
  return {
    ...made(id, kind.name, slug),
    content: writeEntry(kind, newFields(kind, id, given), text),
  };
}

function made(entryId: string, kind: string, slug: string | null) {
  return { entryId, kind, slug, action: 'create' as const, base: null };
}

async function changedEntry(
  deps: ApiDeps,
  access: SpaceAccess,
  body: Body & { entry: string },
): Promise<DraftContent> {
  const { entry: id } = body;
  const entry = id.includes('\0') ? null : await findEntry(deps.db, access.row.id, id);
  if (entry === null || !access.may('reader', entry.kind))
    throw new ApiProblem(404, 'entry_not_found', `Space ${access.row.id} has no entry ${id}.`);
  const kind = kindNamed(access, entry.kind);
  access.require('editor', kind.name);
  if (body.base === undefined) throw fieldProblem('/base', 'is missing: give the `blob` you saw');
  if (body.slug !== undefined) throw fieldProblem('/slug', 'is for new entries; use a move');
  const base = await blobNamed(deps, access, id, body.base);
  const of = { entryId: id, kind: kind.name, slug: null, base };
  if (body.remove === true) return { ...of, action: 'delete', content: null };
  const before = await textOfBase(deps, access, id, base);
  return { ...of, action: 'edit', content: editedText({ id, before }, kind, body) };
}
