import { isDeepStrictEqual } from 'node:util';
import { findNodeAtLocation } from 'jsonc-parser';
import { isScalar } from 'yaml';
import type { EntryFields, JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { editEntry } from './edit-entry.ts';
import { findFrontMatter } from '../front-matter/front-matter.ts';
import { JsonDocument } from '../front-matter/json-document.ts';
import { readEntry, type ReadEntry } from './read-entry.ts';
import { isMapNode, isSeqNode } from '../front-matter/splice.ts';
import { readYaml, type ReadYaml } from '../front-matter/read-yaml.ts';
import { scalarKey } from '../front-matter/yaml-document.ts';
import { jsonPointer } from '../../model/text/json-pointer.ts';

/** An edit that was refused, or an entry that cannot be read. */
export interface Refused {
  /** JSON Pointer to the value; `''` is the entry. */
  pointer: string;
  /** The first line is 1. */
  line: number;
  message: string;
}

/** The edits of an entry by their results. */
export interface RoundTrip {
  /** The number of saves without changes that gave the same bytes: 1 or 0. */
  unchanged: number;
  /** The number of values that were changed one at a time, where only the value's own bytes changed. */
  edited: number;
  /** The edits that were refused and changed nothing: each is of one value. */
  refused: Refused[];
  /** Why the entry cannot be read, so that none of its values could be changed; `null` if it can. */
  unreadable: Refused | null;
  /** The edits that did anything else. There should be none. */
  wrong: { pointer: string; what: string }[];
}

/**
 * Tries what saves do to an entry: one save without changes, and for each value that is not a list or a
 * mapping (up to a maximum number of values), one save that changes only this value. Writes nothing.
 */
export function roundTrip(text: string, kind: Kind, most = Infinity): RoundTrip {
  const { fields, body, problems } = readEntry(text, kind);
  const result: RoundTrip = { unchanged: 0, edited: 0, refused: [], unreadable: null, wrong: [] };
  const same = editEntry(text, kind, kind.format === 'json' ? { fields } : { fields, body });
  if (same.kind === 'edited' && same.text === text) result.unchanged = 1;
  else if (same.kind === 'edited')
    result.wrong.push({ pointer: '', what: 'Saving the entry without changes changes bytes.' });
  result.unreadable = problems.find(({ code }) => code !== 'schema' && code !== 'no_id') ?? null;
  const spanOf = spansIn(text, kind);
  const paths = [...scalarPaths(fields, [])];
  // If there are too many values, the choice is arbitrary, but always the same for the same text.
  const first = paths.length > most ? text.length % (paths.length - most) : 0;
  for (const [at, path] of paths.slice(first, first + most).entries()) {
    const wanted = changed(fields, path, at) as EntryFields;
    const name = String(path[0]);
    const edit = editEntry(text, kind, {
      fields: Object.fromEntries([[name, wanted[name] ?? null]]),
    });
    const what = edit.kind === 'refused' ? null : wrongIn(readEntry(edit.text, kind), wanted, body);
    if (edit.kind === 'refused')
      result.refused.push({ pointer: jsonPointer(path), line: edit.line, message: edit.message });
    else if (what === null && isKept(text, edit.text, spanOf(path))) result.edited += 1;
    else
      result.wrong.push({
        pointer: jsonPointer(path),
        what: what ?? 'Bytes around the value changed.',
      });
  }
  return result;
}

/** What is wrong with an edited entry when it is read back. */
function wrongIn(read: ReadEntry, wanted: EntryFields, body: string): string | null {
  if (!isDeepStrictEqual(read.fields, wanted)) return 'It reads back differently.';
  if (!isDeepStrictEqual(Object.keys(read.fields), Object.keys(wanted)))
    return 'The order of the fields changed.';
  return read.body === body ? null : 'The body changed.';
}

/** The start and the end of something. */
type Span = [number, number];

type Path = readonly (string | number)[];

function* scalarPaths(value: JsonValue, path: Path): Generator<Path> {
  if (Array.isArray(value))
    for (const [at, item] of value.entries()) yield* scalarPaths(item, [...path, at]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, of] of Object.entries(value)) yield* scalarPaths(of, [...path, key]);
  else yield path;
}

/** Whether everything before and after a span is unchanged in another text. */
function isKept(text: string, other: string, [start, end]: Span): boolean {
  return (
    other.length >= text.length - (end - start) &&
    other.startsWith(text.slice(0, start)) &&
    other.endsWith(text.slice(end))
  );
}

/** Returns a function that finds the characters of a value in an entry's text. */
function spansIn(text: string, kind: Kind): (path: Path) => Span {
  if (kind.format === 'json') return (path) => spanInJson(text, path);
  const fences = findFrontMatter(text);
  if ('code' in fences) return () => [0, 0];
  const { start, end } = fences;
  let yaml: ReadYaml | undefined;
  return (path) => {
    yaml ??= readYaml(text.slice(start, end), null);
    let node: unknown = yaml.root;
    for (const key of path)
      if (isMapNode(node)) node = node.items.find((pair) => scalarKey(pair.key) === key)?.value;
      else if (isSeqNode(node)) node = node.items[Number(key)];
    const [from, to] = isScalar(node) && node.range ? node.range : [0, 0];
    return [start + yaml.originalOf(from), start + yaml.originalOf(to)];
  };
}

function spanInJson(text: string, path: Path): Span {
  const node = findNodeAtLocation(new JsonDocument(text).root, [...path]);
  return node === undefined ? [0, 0] : [node.offset, node.offset + node.length];
}

/** The same value with one part changed to another of the same type. */
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

/** Texts that YAML can write without quotes, and some that need quotes. */
const newTexts: ((old: string) => string)[] = [
  (old) => `${old} changed`,
  () => 'Changed',
  (old) => `${old}: "it's" # 100 %`,
  () => 'yes',
  (old) => `- ${old}`,
  () => '2026-01-31',
  () => '1.0',
];
