import type { EntryFields, Kind } from '../model/entry.ts';

/** What of an entry changes; what is absent stays. */
export interface EntryEdit {
  /** Only those that change; `null` removes the field. */
  fields?: EntryFields;
  /** The new text after the front matter. */
  body?: string;
}

/** What came of an edit. */
export type EditResult =
  | { kind: 'edited'; text: string }
  /** It cannot be shown that only this would change (anchors, tags, duplicate keys, no front matter): edit the text. */
  | { kind: 'refused'; pointer: string; line: number; message: string };

/**
 * Changes an entry's text in the bytes of what is edited and nowhere else: quoting, order, comments, line ends,
 * BOM and a missing final newline stay. The same values give the same text.
 */
export function editEntry(text: string, kind: Kind, edit: EntryEdit): EditResult {
  throw new Error(`Not built yet: ${text.length} ${kind.name} ${Object.keys(edit).join()}`);
}

/** The text of a new entry: the schema's order of fields, then others as given; ends with a line end. */
export function writeEntry(kind: Kind, fields: EntryFields, body: string): string {
  throw new Error(`Not built yet: ${kind.name} ${Object.keys(fields).join()} ${body.length}`);
}
