import type { Trx } from '../../../db/connect.ts';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import type { DoneItem, OperationItem } from '../../../db/knowledge/operation-items.ts';
import type { Operation } from '../../../db/knowledge/operations.ts';
import { acceptSave, type AcceptedSave, type NewSave } from '../../../db/knowledge/saves.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { pathsBeside } from '../../../knowledge/entries/free-path.ts';
import {
  BadItem,
  importInto,
  readImportItem,
  type ImportedEntry,
  type ImportResult,
} from '../../../knowledge/import/import-entry.ts';
import { pathOfItem } from '../../../knowledge/import/import-path.ts';
import { kindsOf, pathForNew } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ItemOutcome } from '../../../model/knowledge/operation.ts';

/** What items are imported into. The space must be locked, so that nobody else saves in the meantime. */
export interface ImportTarget {
  row: Operation;
  space: Space;
  /** The earlier item of each entry, by entry id: only one item may be about an entry. */
  itemsOf: ReadonlyMap<string, string>;
}

/** What became of an item; `ring` says whether to ring the space's doorbell. */
export interface ImportedItem extends DoneItem {
  name: string;
  ring: boolean;
}

/** What an item is about. */
interface Subject {
  kind: Kind;
  /** Where its file must be; `null` if anywhere. */
  path: string | null;
  entry: ImportedEntry;
  /** The entry as it is now; `null` if there is none. */
  there: (Entry & { headText: string }) | null;
}

/** Imports an item, inside the chunk's transaction. A bad item gets an outcome that says so, and stops nothing else. */
export async function importItem(
  trx: Trx,
  target: ImportTarget,
  item: OperationItem,
): Promise<ImportedItem> {
  const done = (outcome: ItemOutcome, entryId: string | null, ring = false): ImportedItem => {
    const { ordinal, name } = item;
    return { ordinal, name, outcome, entryId, message: null, ring };
  };
  let entryId: string | null = null;
  try {
    const subject = await subjectOf(trx, target, item);
    entryId = subject.entry.id;
    const { there } = subject;
    if (there !== null && !target.row.settings.update) return done('skipped', entryId);
    const result = importInto(there?.headText ?? null, subject.entry, subject.kind);
    if (result === null) return done('unchanged', entryId);
    if (target.row.dryRun) return done(there === null ? 'would_create' : 'would_change', entryId);
    const ring = await save(trx, target, subject, result);
    return done(there === null ? 'created' : 'changed', entryId, ring);
  } catch (error) {
    if (!(error instanceof BadItem)) throw error;
    return { ...done('failed', entryId), message: error.message };
  }
}

async function subjectOf(
  trx: Trx,
  { row, space, itemsOf }: ImportTarget,
  { name, content }: OperationItem,
): Promise<Subject> {
  const { settings } = row;
  const form = settings.items;
  const kinds = kindsOf(space.kinds);
  const { kind, path } = pathOfItem({ kinds, root: space.root, settings }, name);
  const entry = readImportItem({ name, content: content ?? '', form }, kind, space.id);
  const other = itemsOf.get(entry.id);
  if (other !== undefined)
    throw new BadItem(
      `It is the same entry (${entry.id}) as ${other}: give one of them a different id.`,
    );
  const found = await findEntry(trx, space.id, entry.id);
  if (found?.headBlob == null) return { kind, path, entry, there: null };
  if (found.kind !== kind.name)
    throw new BadItem(
      `${entry.id} already exists with the kind ${found.kind}; this item has the kind ${kind.name}.`,
    );
  const { headText: text } = found;
  if (text === null)
    throw new BadItem(`The file of ${entry.id} cannot be read as text: fix it in Git first.`);
  return { kind, path, entry, there: { ...found, headText: text } };
}

/** Stores the save; returns whether to ring the doorbell. */
async function save(
  trx: Trx,
  { row, space }: ImportTarget,
  { kind, path, entry, there }: Subject,
  { text, read }: NonNullable<ImportResult>,
): Promise<boolean> {
  const given = there?.path ?? path;
  const name = { slug: null, title: read.title, id: entry.id };
  const wanted = given ?? pathForNew(kind, space.root, name);
  const isFixed = given !== null || kind.file !== null;
  const candidates = pathsBeside(wanted);
  for (;;) {
    const accepted = await acceptSave(trx, {
      spaceId: space.id,
      entryId: entry.id,
      kind: kind.name,
      path: candidates.next().value,
      action: there === null ? 'create' : 'edit',
      base: there?.headBlob ?? null,
      content: {
        text,
        blob: textBlobId(text),
        declaredId: read.id,
        title: read.title,
        fields: read.fields,
        problems: read.problems,
      },
      person: row.person,
      tokenId: row.tokenId,
      via: 'import',
      message: `Import ${row.total} ${row.total === 1 ? 'entry' : 'entries'}`,
      operationId: row.id,
    } satisfies NewSave);
    if (accepted.kind === 'accepted') return accepted.ring;
    if (accepted.kind !== 'path_taken')
      throw new Error(`Unexpected under the space's lock: ${accepted.kind}`);
    if (isFixed) throw new BadItem(pathTaken(wanted, accepted));
  }
}

function pathTaken(path: string, { by }: Extract<AcceptedSave, { kind: 'path_taken' }>): string {
  return `${path} is already the file of the entry ${by}: give the item that id, or another name.`;
}
