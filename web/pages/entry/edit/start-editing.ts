import type { EntryFields } from '../../../../model/knowledge/entry.ts';
import { api, dataOf } from '../../../api/client.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import type { Draft, Entry } from '../../../api/types.ts';
import { readBackup, writeBackup, type Backup, type Keep } from '../save/backup.ts';
import { clashOf, type Clash } from '../save/clash.ts';
import { findDraft, readDraft } from '../entry-queries.ts';

const one = '/v1/spaces/{space}/drafts/{draft}';

/** What an edit begins from: an entry as it is, or nothing for a new one. */
export interface EditBase {
  /** `null`: there is no entry yet. */
  blob: string | null;
  fields: EntryFields;
  body: string;
  text: string;
}

/** How editing begins. */
export interface Start {
  base: EditBase;
  /** What was written before and is not published; `null`: nothing. */
  draft: Draft | null;
  /** The draft and the entry changed the same, which has to be decided first. */
  clash: Clash | null;
}

/** An entry as what an edit begins from. */
export function baseOf({ blob, fields, body, text }: Entry): EditBase {
  return { blob, fields: fields as EntryFields, body, text: text ?? '' };
}

/**
 * Finds what the caller has written of an entry: at the server, and on this machine what the server did not get any more.
 * A draft of an older version is brought up to date. `readEntry` reads the entry as it is now.
 */
export async function startEditing(
  space: string,
  id: string,
  { keep, key }: { keep: Keep; key: string },
  readEntry: () => Promise<Entry>,
): Promise<Start> {
  const backup = readBackup(keep, key);
  const stored = await findDraft(space, id);
  const draft = backup === null ? stored : await sent(space, id, backup, stored);
  if (backup !== null) writeBackup(keep, key, null);
  const base = async () => baseOf(await readEntry());
  if (draft?.action !== 'edit') return { base: await base(), draft: null, clash: null };
  if (!draft.outdated) return { base: await base(), draft, clash: null };
  try {
    const now = await updateDraft(space, draft.id);
    return { base: await base(), draft: now, clash: null };
  } catch (error) {
    const clash = clashOf(error);
    if (clash === null) throw error;
    return { base: await base(), draft, clash };
  }
}

/** Begins a new entry of a kind, or goes on with the draft of one. */
export async function startNew(
  space: string,
  kind: string,
  draft: string | undefined,
  { keep, key }: { keep: Keep; key: string },
): Promise<Start> {
  const base = { blob: null, fields: {}, body: '', text: '' };
  const backup = readBackup(keep, key);
  const begun = { base, clash: null };
  if (backup !== null) {
    const path = { space, draft: backup.draft };
    const stored = await dataOf(
      api.PUT(one, { params: { path }, body: { kind, ...backup.content } }),
    );
    writeBackup(keep, key, null);
    return { ...begun, draft: stored };
  }
  if (draft === undefined) return { ...begun, draft: null };
  try {
    return { ...begun, draft: await readDraft(space, draft) };
  } catch (error) {
    // It was published or discarded.
    if (error instanceof ProblemError && error.status === 404) return { ...begun, draft: null };
    throw error;
  }
}

/** Gives the server what it did not get before a crash, or before the session ended. */
async function sent(
  space: string,
  entry: string,
  { draft, base, content }: Backup,
  stored: Draft | null,
): Promise<Draft | null> {
  const path = { space, draft: stored?.id ?? draft };
  const body = { entry, ...(base !== null && { base }), ...content };
  try {
    return await dataOf(api.PUT(one, { params: { path }, body }));
  } catch (error) {
    // It cannot be written into the file any more: the draft of the server is what there is.
    if (
      error instanceof ProblemError &&
      error.status >= 400 &&
      error.status < 500 &&
      error.status !== 401
    )
      return stored;
    throw error;
  }
}

/** Merges what an entry has become into a draft of it, with a decision for each part that clashes. */
export function updateDraft(
  space: string,
  draft: string,
  parts?: Record<string, 'git' | 'mine'>,
): Promise<Draft> {
  return dataOf(
    api.POST('/v1/spaces/{space}/drafts/{draft}/actions/update', {
      params: { path: { space, draft } },
      body: parts === undefined ? {} : { parts },
    }),
  );
}
