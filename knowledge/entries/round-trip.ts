import { isDeepStrictEqual } from 'node:util';
import { findNodeAtLocation } from 'jsonc-parser';
import { isScalar } from 'yaml';
import type { EntryFields, JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { editEntry } from './edit-entry.ts';
import { findFrontMatter } from '../front-matter/front-matter.ts';
import { JsonDocument } from '../front-matter/json-document.ts';
import { readEntry, type ReadEntry } from './read-entry.ts';
import { isMapNode, isSeqNode } from '../front-matter/splice.ts';
import { scalarKey, parseYaml } from '../front-matter/yaml-document.ts';
import { jsonPointer } from '../../model/text/json-pointer.ts';

/** How many edits of an entry came out how. What is told of several entries may be added up. */
export interface RoundTrip {
  /** Saves of what is there already that gave the same bytes: 1, or 0. */
  unchanged: number;
  /** Values that were changed one at a time, each of them exactly and in its own bytes. */
  edited: number;
  /** Edits that were refused, and left everything as it is; 1 for an entry that cannot be read. */
  refused: number;
  /** Edits that did anything else. There should be none. */
  wrong: { pointer: string; what: string }[];
}

/**
 * Tries what saves do to an entry: one of the values that are there, and one for each value that is not a list or a
 * mapping (of at most so many of them), in which this alone is another. Nothing is written.
 */
export function roundTrip(text: string, kind: Kind, most = Infinity): RoundTrip {
  const { fields, body, problems } = readEntry(text, kind);
  const result: RoundTrip = { unchanged: 0, edited: 0, refused: 0, wrong: [] };
  const same = editEntry(text, kind, kind.format === 'json' ? { fields } : { fields, body });
  if (same.kind === 'edited' && same.text === text) result.unchanged = 1;
  else if (same.kind === 'edited')
    result.wrong.push({ pointer: '', what: 'A save of what is there changes bytes.' });
  if (problems.some(({ code }) => code !== 'schema' && code !== 'no_id')) result.refused = 1;
  const spanOf = spansIn(text, kind);
  const paths = [...scalarPaths(fields, [])];
  // Where there are too many, which ones is chance, but the same for the same text.
  const first = paths.length > most ? text.length % (paths.length - most) : 0;
  for (const [at, path] of paths.slice(first, first + most).entries()) {
    const wanted = changed(fields, path, at) as EntryFields;
    const name = String(path[0]);
    const edit = editEntry(text, kind, {
      fields: Object.fromEntries([[name, wanted[name] ?? null]]),
    });
    const what = edit.kind === 'refused' ? null : wrongIn(readEntry(edit.text, kind), wanted, body);
    if (edit.kind === 'refused') result.refused += 1;
    else if (what === null && isKept(text, edit.text, spanOf(path))) result.edited += 1;
    else
      result.wrong.push({
        pointer: jsonPointer(path),
        what: what ?? 'Bytes around the value are others.',
      });
  }
  return result;
}

/** What an edited entry reads as that it should not. */
function wrongIn(read: ReadEntry, wanted: EntryFields, body: string): string | null {
  if (!isDeepStrictEqual(read.fields, wanted)) return 'It reads back as something else.';
  if (!isDeepStrictEqual(Object.keys(read.fields), Object.keys(wanted)))
    return 'The order of the fields is another.';
  return read.body === body ? null : 'The body is another.';
}

/** Where something begins and ends. */
type Span = [number, number];

type Path = readonly (string | number)[];

function* scalarPaths(value: JsonValue, path: Path): Generator<Path> {
  if (Array.isArray(value))
    for (const [at, item] of value.entries()) yield* scalarPaths(item, [...path, at]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, of] of Object.entries(value)) yield* scalarPaths(of, [...path, key]);
  else yield path;
}

/** Whether what is before and after a span is the same in another text. */
function isKept(text: string, other: string, [start, end]: Span): boolean {
  return (
    other.length >= text.length - (end - start) &&
    other.startsWith(text.slice(0, start)) &&
    other.endsWith(text.slice(end))
  );
}

/** Tells where a value's characters are in an entry's text. */
function spansIn(text: string, kind: Kind): (path: Path) => Span {
  if (kind.format === 'json') return (path) => spanInJson(text, path);
  const fences = findFrontMatter(text);
  if ('code' in fences) return () => [0, 0];
  const { start, end } = fences;
  let root: unknown;
  return (path) => {
    root ??= parseYaml(text.slice(start, end)).root;
    let node = root;
    for (const key of path)
      if (isMapNode(node)) node = node.items.find((pair) => scalarKey(pair.key) === key)?.value;
      else if (isSeqNode(node)) node = node.items[Number(key)];
    const [from, to] = isScalar(node) && node.range ? node.range : [0, 0];
    return [start + from, start + to];
  };
}

function spanInJson(text: string, path: Path): Span {
  const node = findNodeAtLocation(new JsonDocument(text).root, [...path]);
  return node === undefined ? [0, 0] : [node.offset, node.offset + node.length];
}

/** The same with one value changed to another of its sort. */
function changed(value: JsonValue, [key, ...rest]: Path, turn: number): JsonValue {
  if (Array.isArray(value))
    return value.map((item, at) => (at === key ? changed(item, rest, turn) : item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [
        name,
        name === key ? changed(of, rest, turn) : of,
      ]),
    );
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1 === value ? 1 : value + 1;
  if (value === null) return 'Changed';
  return newTexts[turn % newTexts.length]?.(value) ?? '';
}

/** Texts that can stand as they are, and some that need quotes in YAML. */
const newTexts: ((old: string) => string)[] = [
  (old) => `${old} changed`,
  () => 'Changed',
  (old) => `${old}: "it's" # 100 %`,
  () => 'yes',
  (old) => `- ${old}`,
  () => '2026-01-31',
  () => '1.0',
];
