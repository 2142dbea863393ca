import { isListKey, type EntryOrder } from '../../../db/knowledge/entry-lists.ts';
import { storableText } from '../../../db/storable.ts';
import { badCursor } from '../../http/paging.ts';

/** The order of a list, from its query: a column or a field; a leading `-` reverses it. */
export function orderOf(sort: string): EntryOrder {
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const by =
    name === 'title' || name === 'updated' || name === 'id' ? { column: name } : { field: name };
  return { by: by as EntryOrder['by'], descending };
}

/** Where a page starts, from its cursor. Throws 422 if it is not a cursor of this list. */
export function positionOf(cursor: string, order: EntryOrder): { key: string; id: string } {
  try {
    const place: unknown = JSON.parse(cursor);
    if (Array.isArray(place) && place.length === 2) {
      const [key, id] = place as unknown[];
      if (isText(key) && isText(id) && isListKey(order, key)) return { key, id };
    }
  } catch {
    // Reported below.
  }
  throw badCursor();
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && storableText(value) === value;
}
