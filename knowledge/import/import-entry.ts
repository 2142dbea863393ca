import { v5 } from 'uuid';
import type { EntryFields, EntryProblem, JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { editEntry, writeEntry } from '../entries/edit-entry.ts';
import { withDates, withUpdated } from '../entries/dated-entry.ts';
import { isEntryId } from '../entries/entry-id.ts';
import { entryOfRow, type RowEntry } from './import-row.ts';
import { typedFields } from '../entries/typed-fields.ts';
import { maxEntryBytes, readEntry, type ReadEntry } from '../entries/read-entry.ts';
import { yamlLimits } from '../front-matter/yaml-document.ts';
import { findUnstorable } from '../../model/text/find-unstorable.ts';
import { sameValue } from '../merge/same-value.ts';

/** An item of an import: the text of an entry, or a row of a table as JSON. */
export interface ImportItem {
  name: string;
  content: string;
  form: 'texts' | 'rows';
}

/** The content of an item. */
export interface ImportedEntry {
  id: string;
  /** Only the fields that the item has. Other fields of an existing entry stay. */
  fields: EntryFields;
  /** `null` if the item has no body. */
  body: string | null;
  /** The text to use for a new entry, or `null` if it must be written from the fields. */
  text: string | null;
}

/** An item cannot be used. The message says where and why. */
export class BadItem extends Error {
  override readonly name = 'BadItem';
}

/**
 * Reads an item. If it has no id, it gets one that is always the same for the same item, kind and space.
 * Throws {@link BadItem}.
 */
export function readImportItem(item: ImportItem, kind: Kind, spaceId: string): ImportedEntry {
  const ownId = idOfName(spaceId, kind, item.name);
  return item.form === 'rows' ? rowEntry(item, kind, ownId) : textEntry(item.content, kind, ownId);
}

function rowEntry({ content }: ImportItem, kind: Kind, ownId: string): ImportedEntry {
  const row = entryOfRow(JSON.parse(content) as EntryFields, kind);
  requireReasonable(row, kind);
  const { fields: given, body } = row;
  const { id: declared, ...others } = given;
  const id = declared === undefined ? ownId : idOf(declared);
  return { id, fields: { id, ...others }, body, text: null };
}

/**
 * Throws a {@link BadItem} for values that no entry can have, before they are written: a cell may contain a whole list
 * as JSON. Front matter can be shorter than the same as JSON, but not by that much.
 */
function requireReasonable({ fields, body }: RowEntry, kind: Kind): void {
  const found = findUnstorable(fields) ?? findUnstorable(body, '/body');
  if (found !== null) throw new BadItem(`${found.pointer.slice(0, 100)}: This ${found.message}.`);
  const longest = kind.format === 'json' ? 2 * maxEntryBytes : 4 * yamlLimits.bytes;
  if (JSON.stringify(fields).length > longest)
    throw new BadItem('Its fields are longer than those of an entry may be.');
}

function textEntry(content: string, kind: Kind, ownId: string): ImportedEntry {
  const given = readEntry(content, kind);
  const problem = given.problems.find(({ code }) => code !== 'no_id' && code !== 'schema');
  if (problem !== undefined) throw new BadItem(inWords(problem));
  if (given.id !== null)
    return { id: given.id, fields: given.fields, body: given.body, text: content };
  if (given.fields.id !== undefined) throw new BadItem(notAnId(given.fields.id));
  const edit = editEntry(content, kind, { fields: { id: ownId } });
  if (edit.kind === 'refused') throw new BadItem(`line ${edit.line}: ${edit.message}`);
  const fields = { id: ownId, ...given.fields };
  return { id: ownId, fields, body: given.body, text: edit.text };
}

function idOf(value: JsonValue): string {
  const id = typeof value === 'number' ? String(value) : value;
  if (typeof id === 'string' && isEntryId(id)) return id;
  throw new BadItem(notAnId(value));
}

function notAnId(value: JsonValue): string {
  return `/id: ${JSON.stringify(value).slice(0, 300)} cannot be an entry's id.`;
}

/** The result of importing into an entry: its new text and what it contains, or `null` if nothing changes. */
export type ImportResult = { text: string; read: ReadEntry } | null;

/**
 * Writes an item's content into the text of its entry (`null` for a new one). Everything that the item does
 * not contain stays, byte by byte, except for the dates that a save sets. Throws a {@link BadItem}, also if the entry would not fit its schema.
 */
export function importInto(
  head: string | null,
  entry: ImportedEntry,
  kind: Kind,
  now: Date,
): ImportResult {
  const { text, fields: given } = entry;
  if (head === null)
    return checked(
      text === null
        ? writeEntry(kind, withDates(kind, typedFields(given, {}), now), entry.body ?? '')
        : withUpdated(text, null, kind, { given, now }),
      kind,
      { before: [], isRow: text === null },
    );
  const before = readEntry(head, kind);
  const fields = Object.fromEntries(
    Object.entries(typedFields(given, before.fields)).filter(
      // The entry was found by its id, which may be a number in one place and a text in the other.
      ([name, value]) => name !== 'id' && !sameValue(value, before.fields[name]),
    ),
  );
  const body: { body?: string } =
    entry.body === null || entry.body === before.body ? {} : { body: entry.body };
  if (Object.keys(fields).length === 0 && body.body === undefined) return null;
  const edit = editEntry(head, kind, { fields, ...body });
  const isRow = text === null;
  if (edit.kind === 'refused')
    throw new BadItem(`line ${edit.line}${isRow ? ' of its file' : ''}: ${edit.message}`);
  if (edit.text === head) return null;
  return checked(withUpdated(edit.text, head, kind, { given, now }), kind, {
    before: before.problems,
    isRow,
  });
}

/** Problems that the entry already had are not the import's fault. */
function checked(
  text: string,
  kind: Kind,
  { before, isRow }: { before: readonly EntryProblem[]; isRow: boolean },
): ImportResult {
  const found = findUnstorable(text);
  if (found !== null) throw new BadItem(`Its text ${found.message}.`);
  const read = readEntry(text, kind);
  const known = new Set(before.map(({ code, pointer }) => `${code} ${pointer}`));
  const problem = read.problems.find(({ code, pointer }) => !known.has(`${code} ${pointer}`));
  // The text that a row becomes has lines that nobody has seen.
  if (problem !== undefined) throw new BadItem(isRow ? valueInWords(problem) : inWords(problem));
  return { text, read };
}

function inWords(problem: EntryProblem): string {
  return `line ${problem.line}: ${valueInWords(problem)}`;
}

function valueInWords({ pointer, message }: EntryProblem): string {
  return `${pointer === '' ? '' : `${pointer}: `}${message}`;
}

/** The namespace of ids that are made from names. */
const namespace = 'c7bc4ad1-452c-4a88-a8e5-36ab7cf122df';

/** An id that is always the same for the same space, kind and name. */
function idOfName(spaceId: string, kind: Kind, name: string): string {
  return v5([spaceId, kind.name, name].join('\0'), namespace);
}
