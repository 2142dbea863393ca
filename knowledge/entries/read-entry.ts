import { isScalar } from 'yaml';
import type { EntryFields, EntryHint, EntryProblem, Kind } from '../../model/knowledge/entry.ts';
import { isEntryId, plainId } from './entry-id.ts';
import { findFrontMatter, lineAt } from '../front-matter/front-matter.ts';
import { BadJson, JsonDocument, offsetInJson, propertyOf } from '../front-matter/json-document.ts';
import { schemaProblems } from '../kinds/schema-problems.ts';
import { BadYaml, scalarKey, offsetOfPointer, parseYaml } from '../front-matter/yaml-document.ts';

/** The content of an entry's file. */
export interface ReadEntry {
  /** The id that the file declares (a number as its text), or `null` if it has none that can be used. */
  id: string | null;
  /** The name for people: the kind's title field, or else the id, or else `''`. */
  title: string;
  fields: EntryFields;
  /** The text after the front matter, unchanged. `''` for JSON. */
  body: string;
  problems: EntryProblem[];
  hints: EntryHint[];
}

/** A larger file is not an entry that people write. */
export const maxEntryBytes = 1024 * 1024;
const tooLarge = 'The file is larger than 1 MiB.';

/**
 * Reads an entry. Never throws: errors are listed in `problems`, and the rest is filled as well as possible.
 */
export function readEntry(text: string, kind: Kind): ReadEntry {
  if (text.length > maxEntryBytes || Buffer.byteLength(text) > maxEntryBytes)
    return unread(text, 'too_large', tooLarge);
  return kind.format === 'json' ? readJson(text, kind) : readMarkdown(text, kind);
}

/**
 * Reads an entry from bytes. `text` is `null` if they are not UTF-8, contain NUL, or are more than 1 MiB (in
 * which case `content` may also be `null`).
 */
export function readEntryBytes(
  content: Uint8Array | null,
  kind: Kind,
): ReadEntry & { text: string | null } {
  const head = () => Buffer.from(content?.subarray(0, 64 * 1024) ?? []).toString('utf8');
  if (content === null || content.length > maxEntryBytes)
    return { ...unread(head(), 'too_large', tooLarge), text: null };
  const text = decoded(content);
  if (text !== null) return { ...readEntry(text, kind), text };
  const message = 'The file is not UTF-8 text: save it with that encoding.';
  return { ...unread(head(), 'not_utf8', message), text: null };
}

function decoded(content: Uint8Array): string | null {
  if (content.includes(0)) return null;
  try {
    // A byte order mark is part of the text, so that it is written back.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}

function readMarkdown(text: string, kind: Kind): ReadEntry {
  const fences = findFrontMatter(text);
  if ('code' in fences) {
    const body = fences.code === 'no_front_matter' ? text.replace(/^\ufeff/, '') : '';
    return { ...unread(text, fences.code, fences.message, fences.line), body };
  }
  const body = text.slice(fences.bodyStart);
  const lineOf = (offset: number) => lineAt(text, fences.start + offset);
  try {
    const source = text.slice(fences.start, fences.end);
    const { root, fields, unquoted } = parseYaml(source, kind.schema);
    const hints = unquoted.slice(0, mostHints).map(({ pointer, node: { range } }) => ({
      line: lineOf(range[0]),
      pointer,
      message: `${source.slice(range[0], range[1]).slice(0, 50)} is read as a text, because the kind wants one here. Other programs may not: write it in quotes.`,
    }));
    const written = (name: string) => {
      const node = root?.items.find(({ key }) => scalarKey(key) === name)?.value;
      return isScalar(node) ? node.source : undefined;
    };
    return judged({ fields, written, hints }, body, kind, (pointer) => {
      const offset = offsetOfPointer(root, pointer);
      return offset === null ? 1 : lineOf(offset);
    });
  } catch (error) {
    if (!(error instanceof BadYaml)) throw error;
    const message = `The front matter cannot be read: ${error.message}`;
    return { ...unread(text, 'unparsable', message, lineOf(error.offset)), body };
  }
}

function readJson(text: string, kind: Kind): ReadEntry {
  try {
    const document = new JsonDocument(text);
    const written = (name: string) => {
      const node = propertyOf(document.root, name)?.value;
      return node && text.slice(node.offset, node.offset + node.length);
    };
    const lineOf = (pointer: string) => lineAt(text, offsetInJson(document.root, pointer));
    return judged({ fields: document.fields, written, hints: [] }, '', kind, lineOf);
  } catch (error) {
    if (!(error instanceof BadJson)) throw error;
    const message = `The file is not a JSON object: ${error.message}`;
    return unread(text, 'unparsable', message, lineAt(text, error.offset));
  }
}

/** Only the first hints about a file are given. */
const mostHints = 20;

/** The fields of an entry, and how the value of a field is written, because `007` is also a number. */
interface Written {
  fields: EntryFields;
  hints: EntryHint[];
  written: (name: string) => string | undefined;
}

/** Derives the id, the title and the problems from the fields. */
function judged(
  { fields, written, hints }: Written,
  body: string,
  kind: Kind,
  lineOf: (pointer: string) => number,
): ReadEntry {
  const own = idOf(textOf('id'));
  const hasId = Object.hasOwn(fields, 'id');
  // The single file of a kind is that entry without declaring an id.
  const id = own ?? (kind.file === null || hasId ? null : fileId(kind));
  const problems = schemaProblems(kind.schema, fields, lineOf).filter(
    ({ message }) => id !== null || hasId || message !== idMissing,
  );
  if (id === null && !problems.some(({ pointer }) => pointer === '/id'))
    problems.unshift({
      code: 'no_id',
      line: lineOf('/id'),
      pointer: hasId ? '/id' : '',
      message: hasId
        ? 'This cannot be an id: use at most 200 characters on one line, and do not begin with ~.'
        : idMissing,
    });
  return {
    id,
    title: textOf(kind.titleField) ?? id ?? '',
    fields,
    body,
    problems,
    hints,
  };

  /** A field as a text. A number as it is written. */
  function textOf(name: string): string | null {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === 'number') return written(name) ?? String(value);
    return typeof value === 'string' && value !== '' ? value : null;
  }
}

const idMissing = 'The field "id" is missing.';

/** The id of a kind's single file: the name of its folder, such as `categories`. */
function fileId({ file, name }: Kind): string {
  return file?.split('/').at(-2) ?? name;
}

function idOf(text: string | null): string | null {
  return text !== null && isEntryId(text) ? text : null;
}

/** A file that cannot be read remains the same entry, if its id can be seen. */
function unread(text: string, code: EntryProblem['code'], message: string, line = 1): ReadEntry {
  const id = plainId(text) ?? null;
  return {
    id,
    title: id ?? '',
    fields: {},
    body: '',
    problems: [{ code, line, pointer: '', message }],
    hints: [],
  };
}
