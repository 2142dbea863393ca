import { isDeepStrictEqual } from 'node:util';
import type { EntryFields, JsonSchema, Kind } from '../../model/knowledge/entry.ts';
import { jsonPointer } from '../../model/text/json-pointer.ts';
import { findFrontMatter, lineAt, type FrontMatter } from '../front-matter/front-matter.ts';
import { FieldSplicer } from '../front-matter/splice-fields.ts';
import {
  applySplices,
  isSeqNode,
  lineStart,
  Refusal,
  type Splice,
} from '../front-matter/splice.ts';
import { BadJson, JsonDocument, requireEditable } from '../front-matter/json-document.ts';
import { jsonSplices } from '../front-matter/splice-json.ts';
import {
  BadYaml,
  parseYaml,
  yamlLimits,
  type YamlDocument,
} from '../front-matter/yaml-document.ts';
import { withWantedTexts } from '../kinds/wanted-text.ts';
import { pairText, type YamlStyle } from '../front-matter/yaml-text.ts';

/** A change to an entry. What is absent stays unchanged. */
export interface EntryEdit {
  /** The fields that change. `null` removes a field. */
  fields?: EntryFields;
  /** The new text after the front matter. */
  body?: string;
}

/** The result of an edit. */
export type EditResult =
  | { kind: 'edited'; text: string }
  /**
   * It is not certain that only this would change (because of anchors, tags, duplicate keys, or missing front
   * matter), so the text must be edited instead.
   */
  | { kind: 'refused'; pointer: string; line: number; message: string };

/**
 * Changes only those bytes of an entry's text that are edited. Quoting, order, comments, line ends, the BOM
 * and a missing final newline stay. If no value changes, the text stays the same.
 */
export function editEntry(text: string, kind: Kind, edit: EntryEdit): EditResult {
  const fields = edit.fields === undefined ? {} : plain(edit.fields, kind);
  const pointer = pointerOf(fields);
  if (kind.format === 'json') {
    if (edit.body !== undefined && edit.body !== '')
      return refused('', 1, 'A JSON entry has no body.');
    return editJson(text, fields, pointer);
  }
  const fences = findFrontMatter(text);
  if ('code' in fences) {
    if (Object.keys(fields).length > 0 || fences.code !== 'no_front_matter')
      return refused(pointer, fences.line, `${fences.message} Edit the text.`);
    const start = text.startsWith('\ufeff') ? 1 : 0;
    return edit.body === undefined ? { kind: 'edited', text } : editBody(text, start, edit.body);
  }
  const edited = editSource(text, fences, { fields, pointer, schema: kind.schema });
  if (edited.kind === 'refused' || edit.body === undefined) return edited;
  const grown = edited.text.length - text.length;
  return editBody(edited.text, fences.bodyStart + grown, edit.body);
}

/**
 * The text of a new entry, with the fields in the schema's order, followed by others in the given order. Ends
 * with a line end.
 */
export function writeEntry(kind: Kind, fields: EntryFields, body: string): string {
  const { properties } = kind.schema;
  const known =
    typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  const given = new Map(Object.entries(plain(fields, kind)).filter(([, value]) => value !== null));
  const names = [...known.filter((name) => given.has(name)), ...given.keys()];
  const ordered = Object.fromEntries(names.map((name) => [name, given.get(name) ?? null]));
  if (kind.format === 'json') return `${JSON.stringify(ordered, null, 2)}\n`;
  const style: YamlStyle = { lineEnd: '\n', quoted: false, listIndent: 2 };
  const own = newFrontMatter(ordered, style);
  const yaml = means(own, ordered, kind.schema)
    ? own
    : newFrontMatter(ordered, { ...style, quoted: true });
  return `---\n${yaml}---\n${body === '' || body.endsWith('\n') ? body : `${body}\n`}`;
}

function newFrontMatter(fields: EntryFields, style: YamlStyle): string {
  return Object.entries(fields)
    .map(([key, value]) => `${pairText(key, value, 0, style)}\n`)
    .join('');
}

function editSource(
  text: string,
  { start, end, lineEnd }: FrontMatter,
  { fields, pointer, schema }: { fields: EntryFields; pointer: string; schema: JsonSchema },
): EditResult {
  if (Object.keys(fields).length === 0) return { kind: 'edited', text };
  const source = text.slice(start, end);
  const refusedAt = (offset: number, message: string) =>
    refused(pointer, lineAt(text, start + offset), message);
  let document: YamlDocument;
  try {
    document = parseYaml(source, schema);
  } catch (error) {
    if (!(error instanceof BadYaml)) throw error;
    return refusedAt(error.offset, `${error.message} Edit the text.`);
  }
  const wanted = merged(document.fields, fields);
  if (isDeepStrictEqual(wanted, document.fields)) return { kind: 'edited', text };
  const style = { lineEnd, listIndent: listIndentOf(source, document) };
  try {
    // The file's own style comes first. If the result does not read back as intended (how a text looks is a
    // large subject), everything is quoted.
    for (const quoted of [false, true]) {
      const splicer = new FieldSplicer(source, document, { ...style, quoted });
      splicer.splice(wanted);
      const spliced = [splicer.splices, splicer.splices.map((one) => withBlankLines(source, one))]
        .map((splices) => applySplices(source, splices))
        .find((yaml) => means(yaml, wanted, schema));
      if (spliced === undefined) continue;
      const result = text.slice(0, start) + spliced + text.slice(end);
      if (endsAt(result, start + spliced.length)) return { kind: 'edited', text: result };
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusedAt(error.offset, error.message);
  }
  return refusedAt(0, 'This edit might change something else: edit the text.');
}

/** A removal with the blank lines after it: they would become part of a block text that stands before it. */
function withBlankLines(source: string, { start, end, text }: Splice): Splice {
  const blank = text === '' ? /^(?:[ \t]*\r?\n)*/.exec(source.slice(end)) : null;
  return { start, end: end + (blank?.[0].length ?? 0), text };
}

function endsAt(text: string, end: number): boolean {
  const fences = findFrontMatter(text);
  return !('code' in fences) && fences.end === end;
}

function editJson(text: string, fields: EntryFields, pointer: string): EditResult {
  const refusedAt = (offset: number, message: string) =>
    refused(pointer, lineAt(text, offset), message);
  if (Object.keys(fields).length === 0) return { kind: 'edited', text };
  if (Buffer.byteLength(text) > yamlLimits.bytes)
    return refusedAt(0, `The file is longer than ${yamlLimits.bytes / 1024} KiB. Edit the text.`);
  try {
    const { root, fields: old } = new JsonDocument(text);
    requireEditable(root);
    const wanted = merged(old, fields);
    const result = applySplices(text, [...jsonSplices(text, root, old, wanted)]);
    return sameFields(new JsonDocument(result).fields, wanted)
      ? { kind: 'edited', text: result }
      : refusedAt(0, 'This edit might change something else: edit the text.');
  } catch (error) {
    if (error instanceof BadJson)
      return refusedAt(
        error.offset,
        `The file is not a JSON object: ${error.message} Edit the text.`,
      );
    if (error instanceof Refusal) return refusedAt(error.offset, `${error.message} Edit the text.`);
    throw error;
  }
}

/** Whether the YAML means these fields, in this order. */
function means(source: string, fields: EntryFields, schema: JsonSchema): boolean {
  try {
    return sameFields(parseYaml(source, schema).fields, fields);
  } catch (error) {
    if (error instanceof BadYaml) return false;
    throw error;
  }
}

function sameFields(one: EntryFields, other: EntryFields): boolean {
  return isDeepStrictEqual(one, other) && isDeepStrictEqual(Object.keys(one), Object.keys(other));
}

function merged(old: EntryFields, fields: EntryFields): EntryFields {
  const all = new Map(Object.entries(old));
  for (const [key, value] of Object.entries(fields))
    if (value === null) {
      // `key:` has no value, so there is nothing to remove.
      if (all.get(key) !== null) all.delete(key);
    } else all.set(key, value);
  return Object.fromEntries(all);
}

function listIndentOf(source: string, { root }: YamlDocument): number {
  for (const { value } of root?.items ?? [])
    if (isSeqNode(value) && value.flow !== true) {
      const at = value.range[0];
      return Math.max(0, at - lineStart(source, at));
    }
  return 2;
}

/** Replaces the body. Its line ends become those of the file, if the file uses only one kind. */
function editBody(text: string, start: number, body: string): EditResult {
  if (/[\p{Surrogate}\0]/u.test(body))
    return refused(
      '',
      lineAt(text, start),
      'The body has characters that UTF-8 text cannot contain.',
    );
  const old = text.slice(start);
  const unified = body.replace(/\r\n/g, '\n');
  if (old.replace(/\r\n/g, '\n') === unified) return { kind: 'edited', text };
  const isCrlf = text.includes('\r\n') && !/(?<!\r)\n/.test(text);
  const head = text.slice(0, start);
  const lineEnd = isCrlf ? '\r\n' : '\n';
  const fence =
    head === '' || head === '\ufeff' || head.endsWith('\n') || body === '' ? '' : lineEnd;
  const result = head + fence + (isCrlf ? unified.replaceAll('\n', '\r\n') : body);
  const before = findFrontMatter(text);
  const after = findFrontMatter(result);
  const isSame =
    'code' in before
      ? 'code' in after && after.code === before.code
      : !('code' in after) && after.end === before.end;
  return isSame
    ? { kind: 'edited', text: result }
    : refused('', 1, 'This body would be read as front matter: edit the text.');
}

/** The fields as they are in JSON, so that values can be compared: without `undefined`, -0 and prototypes. */
function plain(fields: EntryFields, { format, schema }: Kind): EntryFields {
  const values = JSON.parse(JSON.stringify(fields)) as EntryFields;
  return format === 'json' ? values : withWantedTexts(values, schema);
}

function pointerOf(fields: EntryFields): string {
  return jsonPointer(Object.keys(fields).slice(0, 1));
}

function refused(pointer: string, line: number, message: string): EditResult {
  return { kind: 'refused', pointer, line, message };
}
