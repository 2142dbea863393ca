import type { Entry } from '../../../db/knowledge/entries.ts';
import type { OperationItem } from '../../../db/knowledge/operation-items.ts';
import type { Operation } from '../../../db/knowledge/operations.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
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

/** What items are imported into, as it is before anything is locked. */
export interface ImportTarget {
  row: Operation;
  space: Space;
}

/** What an item is about. */
export interface Subject {
  kind: Kind;
  /** Where its file must be; `null` if anywhere. */
  path: string | null;
  entry: ImportedEntry;
}

/** A save that an item becomes. */
export interface WantedSave {
  entryId: string;
  kind: Kind;
  path: string;
  /** Whether its file must be there, so that another path is no way out. */
  isFixed: boolean;
  /** The entry's head that it starts from; `null` if there is none. */
  base: string | null;
  result: NonNullable<ImportResult>;
}

/** Parses an item. Throws `BadItem`. */
export function readItem({ row, space }: ImportTarget, { name, content }: OperationItem): Subject {
  const { settings } = row;
  const kinds = kindsOf(space.kinds);
  const { kind, path } = pathOfItem({ kinds, root: space.root, settings }, name);
  const item = { name, content: content ?? '', form: settings.items };
  return { kind, path, entry: readImportItem(item, kind, space.id) };
}

/** Compares an item with the entry that it is about (`null`: there is none). Throws `BadItem`. */
export function compareItem(
  { row, space }: ImportTarget,
  { kind, path, entry }: Subject,
  found: Entry | null,
): WantedSave | 'skipped' | 'unchanged' {
  const { id } = entry;
  const isThere = found?.headBlob != null;
  if (found !== null && (isThere || found.gitBlob !== null) && found.kind !== kind.name)
    throw new BadItem(
      `${id} already exists with the kind ${found.kind}; this item has the kind ${kind.name}.`,
    );
  if (isThere && found.headText === null)
    throw new BadItem(`The file of ${id} cannot be read as text: fix it in Git first.`);
  if (isThere && !row.settings.update) return 'skipped';
  const result = importInto(isThere ? found.headText : null, entry, kind, new Date());
  if (result === null) return 'unchanged';
  // An entry whose removal is waiting comes back in its file.
  const given = isThere || found?.gitBlob != null ? found.path : path;
  const name = { slug: null, title: result.read.title, id };
  return {
    entryId: id,
    kind,
    path: given ?? pathForNew(kind, space.root, name),
    isFixed: given !== null || kind.file !== null,
    base: found?.headBlob ?? null,
    result,
  };
}
