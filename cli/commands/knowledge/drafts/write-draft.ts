import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Kind } from '../../../../model/knowledge/entry.ts';
import type { ApiClient } from '../../../client/api-client.ts';
import { UsageError, type ClientIo, type Said } from '../../../client/client-command.ts';
import { changeFrom, kindIn, typedBy, type Change, type EditOptions } from '../entry-change.ts';
import { draftText } from './draft-text.ts';
import { findDraft } from './find-draft.ts';

/** Options with which a command writes a draft instead of saving. */
export interface DraftOptions {
  draft?: boolean;
  changeSet?: string;
}

/** Adds the options of {@link DraftOptions}. */
export function drafting(command: Command): Command {
  return command
    .option('--draft', 'write a draft, which only you see, instead of saving it')
    .option('--change-set <id>', 'the same, as a part of this change set');
}

/** Whether a draft is to be written. Throws {@link UsageError} for options that only saves have. */
export function wantsDraft({
  draft,
  changeSet,
  wait,
  message,
}: DraftOptions & { wait?: boolean; message?: string }): boolean {
  if (draft !== true && changeSet === undefined) return false;
  if (wait === true || message !== undefined)
    throw new UsageError(
      'A draft has neither --message nor --wait: give them when you publish it.',
    );
  return true;
}

interface One {
  space: string;
  entry: string;
}

/** Writes a draft of a new entry. */
export async function draftNew(
  client: ApiClient,
  space: string,
  { changeSet }: DraftOptions,
  made: { kind: string; slug: string | undefined; fields: object; body: string | undefined },
): Promise<Said> {
  return put(client, space, randomUUID(), { ...made, changeSet, revision: 0 });
}

/** Writes a change of an entry as a draft. If the caller has a draft of it, the change goes on from that one. */
export async function draftEdit(
  client: ApiClient,
  { space, entry }: One,
  options: EditOptions & DraftOptions & { base?: string },
  io: ClientIo,
): Promise<Said> {
  const { changeSet } = options;
  const found = await findDraft(client, space, entry);
  if (found === null || found.action === 'delete') {
    const id = found?.entry ?? entry;
    const one = { space, entry: id };
    const present = await client.send('GET /v1/spaces/:space/entries/:entry', one);
    const change = await changeFrom(options, io, () => typedBy(client, space, present));
    return put(client, space, found?.id ?? randomUUID(), {
      ...{ entry: id, base: options.base ?? present.blob, ...change },
      ...{ changeSet, revision: found?.revision ?? 0 },
    });
  }
  const { id, kind, action, base, slug, text, fields, revision, ...draft } = await client.send(
    'GET /v1/spaces/:space/drafts/:draft',
    { space, draft: found.id },
  );
  const change = await changeFrom(options, io, () => typedBy(client, space, { kind, fields }));
  const written = await changedText(text ?? '', change, () => kindIn(client, space, kind));
  const of =
    action === 'create'
      ? { kind, slug: slug ?? undefined, base: options.base }
      : { entry: draft.entry, base: options.base ?? base };
  return put(client, space, id, { ...of, text: written, changeSet, revision });
}

/** Writes as a draft that an entry is to be removed, instead of what the caller's draft of it says. */
export async function draftRemoval(
  client: ApiClient,
  { space, entry }: One,
  { base, changeSet }: DraftOptions & { base?: string },
): Promise<Said> {
  const found = await findDraft(client, space, entry);
  if (found?.action === 'create')
    throw new UsageError(
      `Only your draft has ${found.entry}: gitward knowledge drafts discard ${space} ${found.id}`,
    );
  const id = found?.entry ?? entry;
  const seen =
    base ?? (await client.send('GET /v1/spaces/:space/entries/:entry', { space, entry: id })).blob;
  return put(client, space, found?.id ?? randomUUID(), {
    ...{ entry: id, base: seen, remove: true },
    ...{ changeSet, revision: found?.revision ?? 0 },
  });
}

async function put(client: ApiClient, space: string, id: string, body: object): Promise<Said> {
  const draft = await client.send('PUT /v1/spaces/:space/drafts/:draft', {
    ...{ space, draft: id },
    body,
  });
  const publish =
    draft.changeSet === null
      ? `drafts publish ${space} ${draft.id}`
      : `change-sets publish ${space} ${draft.changeSet}`;
  return {
    json: draft,
    text: `${draftText(draft)}\n\nNobody else sees it before: gitward knowledge ${publish}`,
  };
}

/** The text of a draft after a further change; nothing else of it changes. */
async function changedText(
  before: string,
  { text, fields, body }: Change,
  look: () => Promise<Kind>,
): Promise<string> {
  if (text !== undefined) return text;
  // Most commands are only clients, and editing takes a parser.
  const { editEntry } = await import('../../../../knowledge/entries/edit-entry.ts');
  const edited = editEntry(before, await look(), {
    ...(fields === undefined ? {} : { fields }),
    ...(body === undefined ? {} : { body }),
  });
  if (edited.kind === 'edited') return edited.text;
  throw new UsageError(
    `The draft cannot be changed like that. Line ${edited.line}: ${edited.message} Give its whole text with --file instead.`,
  );
}
