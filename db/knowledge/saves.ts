import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Trx } from '../connect.ts';
import type { Actor } from '../../model/access/actor.ts';
import type { Person } from '../../model/streams/author.ts';
import type { EntryFields, EntryProblem, SaveAction, Via } from '../../model/knowledge/entry.ts';
import { findEntry, type Entry } from './entries.ts';
import { findPathOwners, type PathOwner } from './entry-paths.ts';
import type { SavesTable } from '../schema/knowledge.ts';
import type { Space } from './spaces.ts';
import { jsonb, storableText, storableTitle } from '../storable.ts';
import { recordSyncLog } from './sync-logs.ts';

/** A stored save. */
export type Save = Selectable<SavesTable>;

/** An entry's text, and what `knowledge/` parsed from it. */
export interface EntryContent {
  text: string;
  /** Git's blob id of the text's bytes. */
  blob: string;
  declaredId: string | null;
  title: string;
  fields: EntryFields;
  problems: EntryProblem[];
}

/** A save to accept. */
export interface NewSave {
  spaceId: string;
  entryId: string;
  kind: string;
  path: string;
  action: SaveAction;
  /** The head that the person started from; `null` means that there must be none. */
  base: string | null;
  /** `null` removes the entry. */
  content: EntryContent | null;
  person: Person;
  by: Actor;
  via: Via;
  /** The person's message; becomes the commit's subject. */
  message: string | null;
  operationId?: string;
  /** Saves with the same one become one commit. */
  changeSetId?: string;
  /** The review that it comes from. */
  reviewId?: string;
  /** Only for a `move`: the file's new path. Its content is the head, which stays as it is. */
  moveTo?: string;
}

/** The result of {@link acceptSave}. */
export type AcceptedSave =
  | {
      kind: 'accepted';
      saveId: string;
      sequence: number;
      /**
       * Whether nobody has rung since the last delivery looked: if so, the caller rings after its
       * commit.
       */
      ring: boolean;
    }
  /** The head already has this content: nothing was stored. */
  | { kind: 'unchanged' }
  /** The head is not the save's base (`null`: there is no head): nothing was stored. */
  | { kind: 'stale'; head: Entry | null }
  /**
   * Another entry has this path (`path` is that entry's), or has its file where this one's folder
   * would be, or below this path.
   */
  | { kind: 'path_taken'; by: string; path: string }
  /** The space does not exist or was ended. */
  | { kind: 'no_space' };

/** A save that can be accepted: with the path that its entry has, and with the entry that it is made on. */
interface JudgedSave {
  kind: 'acceptable';
  space: Pick<Space, 'lastSequence' | 'rungAt'>;
  save: NewSave;
  entry: Entry | null;
}

/**
 * Judges, inside the caller's transaction, whether a save can be accepted, and writes nothing. The space stays locked
 * until the transaction ends, so that this stays true.
 */
export async function judgeSave(
  trx: Trx,
  wanted: NewSave,
): Promise<JudgedSave | Exclude<AcceptedSave, { kind: 'accepted' }>> {
  const { spaceId, entryId, content, moveTo = null } = wanted;
  const space = await trx
    .selectFrom('spaces')
    .select(['lastSequence', 'rungAt'])
    .where('id', '=', spaceId)
    .where('endedAt', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (space === undefined) return { kind: 'no_space' };
  const entry = await findEntry(trx, spaceId, entryId);
  const head = entry?.headBlob ?? null;
  if (moveTo === null && head === (content?.blob ?? null)) return { kind: 'unchanged' };
  if (head !== wanted.base) return { kind: 'stale', head: entry };
  // Git decides where the file is (or was, until its removal is sent): it may have moved since the
  // caller looked.
  const isThere = entry !== null && (entry.gitBlob !== null || entry.headBlob !== null);
  if (isThere && entry.kind !== wanted.kind) return { kind: 'stale', head: entry };
  const save = isThere ? { ...wanted, path: entry.path } : wanted;
  if (moveTo !== null && moveTo === (entry?.movingTo ?? entry?.path)) return { kind: 'unchanged' };
  const owner =
    moveTo === null
      ? await pathOwner(trx, save, isThere)
      : await pathOwner(trx, { spaceId, entryId, path: moveTo }, false);
  if (owner !== null) return { kind: 'path_taken', ...owner };
  return { kind: 'acceptable', space, save, entry };
}

/**
 * Accepts a save inside the caller's transaction. Once that is committed, the save will reach Git
 * sooner or later, whatever fails. It gets its number under the space's lock, so saves are
 * delivered in the order in which they were accepted.
 */
export async function acceptSave(trx: Trx, wanted: NewSave): Promise<AcceptedSave> {
  const judged = await judgeSave(trx, wanted);
  if (judged.kind !== 'acceptable') return judged;
  const { space, save, entry } = judged;
  const { spaceId, entryId, content, moveTo = null } = save;

  const sequence = space.lastSequence + 1;
  const id = randomUUID();
  await trx
    .updateTable('spaces')
    .set({ lastSequence: sequence, rungAt: sql<Date>`coalesce(rung_at, now())` })
    .where('id', '=', spaceId)
    .execute();
  await trx
    .insertInto('saves')
    .values({
      id,
      spaceId,
      sequence,
      entryId,
      kind: save.kind,
      path: save.path,
      action: save.action,
      baseText: entry?.headText ?? null,
      text: content?.text ?? null,
      currentText: content?.text ?? null,
      moveTo,
      person: jsonb(save.person),
      tokenId: save.by.tokenId,
      personId: save.by.personId,
      via: save.via,
      message: save.message === null ? null : storableText(save.message),
      state: 'waiting',
      operationId: save.operationId ?? null,
      changeSetId: save.changeSetId ?? null,
      reviewId: save.reviewId ?? null,
    })
    .execute();
  await writeHead(trx, save, entry);
  await recordSyncLog(trx, spaceId, [
    {
      entryId,
      direction: 'to_git',
      outcome: 'accepted',
      commitSha: null,
      actor: save.person.name,
      message: acceptedWords[save.action],
    },
  ]);
  return { kind: 'accepted', saveId: id, sequence, ring: space.rungAt === null };
}

const acceptedWords: Record<SaveAction, string> = {
  create: 'A new entry was saved.',
  edit: 'A change was saved.',
  delete: 'The removal was saved.',
  restore: 'An earlier version was saved again.',
  settle: 'A conflict was settled.',
  move: 'A move of its file was saved.',
};

/**
 * The entry that is in the way of a save. Where an entry that is there has its file is decided
 * already: what has come into its way since is decided when it is sent.
 */
async function pathOwner(
  trx: Trx,
  { spaceId, entryId, path }: Pick<NewSave, 'spaceId' | 'entryId' | 'path'>,
  isThere: boolean,
): Promise<PathOwner | null> {
  const owner = (await findPathOwners(trx, spaceId, [{ entryId, path }])).get(path) ?? null;
  return isThere && owner?.path !== path ? null : owner;
}

/** Writes the entry with this save on top. */
async function writeHead(
  trx: Trx,
  { spaceId, entryId, kind, path, content, person }: NewSave,
  entry: Entry | null,
): Promise<void> {
  const head = {
    // Another one only where the row is that of an entry that is gone and left a conflict.
    kind,
    path,
    headBlob: content?.blob ?? null,
    headText: content?.text ?? null,
    waiting: true,
    failure: null,
    updatedBy: person.name,
    updatedAt: new Date(),
    ...(content === null
      ? {}
      : {
          declaredId: content.declaredId,
          title: storableTitle(content.title),
          fields: jsonb(content.fields),
          problems: jsonb(content.problems),
        }),
  };
  if (entry === null) {
    await trx
      .insertInto('entries')
      .values({
        spaceId,
        id: entryId,
        declaredId: null,
        title: '',
        fields: '{}',
        problems: '[]',
        ...head,
      })
      .execute();
    return;
  }
  await trx
    .updateTable('entries')
    // If the head departs from the synced commit, the text of that commit is kept here.
    .set({ ...head, gitText: entry.waiting ? entry.gitText : entry.headText })
    .where('spaceId', '=', spaceId)
    .where('id', '=', entryId)
    .execute();
}
