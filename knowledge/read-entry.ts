import type { EntryFields, EntryProblem, JsonValue, Kind } from '../model/entry.ts';
import { isEntryId } from './entry-id.ts';
import { findFrontMatter, lineAt } from './front-matter.ts';
import { schemaProblems } from './schema-problems.ts';
import { BadYaml, offsetOfPointer, parseYaml, type YamlDocument } from './yaml-document.ts';

/** What is in an entry's file. */
export interface ReadEntry {
  /** The id that the file declares (a number as its text); `null` where it has none that can be used. */
  id: string | null;
  /** What people call it: the kind's title field, else the id, else `''`. */
  title: string;
  fields: EntryFields;
  /** What follows the front matter, as it is; `''` for JSON. */
  body: string;
  problems: EntryProblem[];
}

/** Larger files are no entries that people write. */
export const maxEntryBytes = 1024 * 1024;

/** Reads an entry. Never throws: what is wrong is in `problems`, and the rest is as good as it can be. */
export function readEntry(text: string, kind: Kind): ReadEntry {
  if (text.length > maxEntryBytes || Buffer.byteLength(text) > maxEntryBytes)
    return unread('too_large', 'The file is larger than 1 MiB.');
  return kind.format === 'json' ? readJson(text, kind) : readMarkdown(text, kind);
}

/**
 * Reads an entry's bytes. `text` is `null` where they are not UTF-8, hold NUL, or are more than 1 MiB (then
 * `content` may be `null`, too).
 */
export function readEntryBytes(
  content: Uint8Array | null,
  kind: Kind,
): ReadEntry & { text: string | null } {
  if (content === null || content.length > maxEntryBytes)
    return { ...unread('too_large', 'The file is larger than 1 MiB.'), text: null };
  const text = decoded(content);
  if (text === null)
    return {
      ...unread('not_utf8', 'The file is not UTF-8 text: save it with that encoding.'),
      text: null,
    };
  return { ...readEntry(text, kind), text };
}

function decoded(content: Uint8Array): string | null {
  if (content.includes(0)) return null;
  try {
    // A byte order mark is a part of the text: it is written back.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}

function readMarkdown(text: string, kind: Kind): ReadEntry {
  const fences = findFrontMatter(text);
  if ('code' in fences) {
    const body = fences.code === 'no_front_matter' ? text.replace(/^\ufeff/, '') : '';
    return { ...unread(fences.code, fences.message, fences.line), body };
  }
  const body = text.slice(fences.bodyStart);
  const lineOf = (offset: number) => lineAt(text, fences.start + offset);
  try {
    return judged(parseYaml(text.slice(fences.start, fences.end)), body, kind, lineOf);
  } catch (error) {
    if (!(error instanceof BadYaml)) throw error;
    const message = `The front matter cannot be read: ${error.message}`;
    return { ...unread('unparsable', message, lineOf(error.offset)), body };
  }
}

function readJson(text: string, kind: Kind): ReadEntry {
  let document: YamlDocument;
  try {
    document = { root: null, fields: parsedJson(text), valueOf: () => null };
  } catch (error) {
    const message = `The file is no JSON object: ${(error as Error).message}`;
    return unread('unparsable', message, lineOfJsonError(text));
  }
  try {
    document = parseYaml(jsonSource(text));
  } catch (error) {
    // It is JSON all the same, only too much of it to know the lines (or a key is there twice: the last counts).
    if (!(error instanceof BadYaml)) throw error;
  }
  return judged(document, '', kind, (offset) => lineAt(text, offset));
}

/** JSON as YAML reads it, offset by offset: tabs indent in the one and not in the other. */
export function jsonSource(text: string): string {
  return text.replace(/^\ufeff/, ' ').replaceAll('\t', ' ');
}

function parsedJson(text: string): EntryFields {
  const parsed = JSON.parse(text.replace(/^\ufeff/, ''), (_key, value: JsonValue) =>
    // `1e999` is beyond JSON's numbers.
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  ) as JsonValue;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error('it begins with something else.');
  return parsed;
}

function lineOfJsonError(text: string): number {
  try {
    parseYaml(jsonSource(text));
  } catch (error) {
    if (error instanceof BadYaml) return lineAt(text, error.offset);
    throw error;
  }
  return 1;
}

/** What the fields are worth: id, title, and what the schema refuses. */
function judged(
  { root, fields }: YamlDocument,
  body: string,
  kind: Kind,
  lineOfOffset: (offset: number) => number,
): ReadEntry {
  const lineOf = (pointer: string): number => {
    const offset = offsetOfPointer(root, pointer);
    return offset === null ? 1 : lineOfOffset(offset);
  };
  const declared = idOf(fields);
  // The one file of its kind is that entry, whatever it says.
  const id = declared ?? (kind.file !== null && fields['id'] === undefined ? fileId(kind) : null);
  const problems = schemaProblems(kind.schema, fields, lineOf);
  if (id === null && !problems.some(({ pointer }) => pointer === '/id'))
    problems.unshift({
      code: 'no_id',
      line: lineOf('/id'),
      pointer: fields['id'] === undefined ? '' : '/id',
      message:
        fields['id'] === undefined
          ? 'The field "id" is missing.'
          : 'This cannot be an id: at most 200 characters on one line, not beginning with ~.',
    });
  return {
    id,
    title: textOf(fields[kind.titleField]) ?? id ?? '',
    fields,
    body,
    problems: problems.filter(
      ({ code, message }) => !(code === 'schema' && id === null && message === idMissing),
    ),
  };
}

const idMissing = 'The field "id" is missing.';

/** The id of a kind's one file: its folder's name, such as `categories`. */
function fileId({ file, name }: Kind): string {
  return file?.split('/').at(-2) ?? name;
}

function idOf(fields: EntryFields): string | null {
  const text = Object.hasOwn(fields, 'id') ? textOf(fields['id']) : null;
  return text !== null && isEntryId(text) ? text : null;
}

function textOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function unread(code: EntryProblem['code'], message: string, line = 1): ReadEntry {
  return {
    id: null,
    title: '',
    fields: {},
    body: '',
    problems: [{ code, line, pointer: '', message }],
  };
}
