import { isDeepStrictEqual } from 'node:util';
import type { Node } from 'jsonc-parser';
import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { compareLists } from '../merge/compare-lists.ts';
import { propertiesOf } from './json-document.ts';
import { flowSplices } from './splice-flow.ts';
import type { Splice } from './splice.ts';

/**
 * Finds the pieces of a JSON text to replace when a value changes: only the values that differ, at the
 * deepest level at which they differ. `old` is the value of the node.
 */
export function* jsonSplices(
  source: string,
  node: Node,
  old: JsonValue,
  value: JsonValue,
): Generator<Splice> {
  if (isDeepStrictEqual(old, value)) return;
  if (node.type === 'object' && isObject(old) && isObject(value))
    yield* objectSplices(source, node, old, value);
  else if (node.type === 'array' && Array.isArray(old) && Array.isArray(value))
    yield* listSplices(source, node, old, value);
  else yield { ...spanOf(node), text: jsonText(value) };
}

function* objectSplices(
  source: string,
  node: Node,
  old: EntryFields,
  value: EntryFields,
): Generator<Splice> {
  const properties = propertiesOf(node);
  for (const { key, value: of } of properties)
    if (Object.hasOwn(value, key))
      yield* jsonSplices(source, of, old[key] ?? null, value[key] ?? null);
  const spans = properties.map(({ key, node: of }) => ({
    ...spanOf(of),
    isKept: Object.hasOwn(value, key),
  }));
  const texts = Object.entries(value)
    .filter(([key]) => !Object.hasOwn(old, key))
    .map(([key, of]) => pairText(key, of));
  yield* flowSplices(source, { ...spanOf(node), spans, after: spans.length - 1, texts });
}

function* listSplices(
  source: string,
  node: Node,
  old: JsonValue[],
  value: JsonValue[],
): Generator<Splice> {
  const { prefix, common, removed, added } = compareLists(old, value);
  const items = node.children ?? [];
  const after = prefix + common - 1;
  for (const [at, item] of items.slice(0, after + 1).entries())
    yield* jsonSplices(source, item, old[at] ?? null, value[at] ?? null);
  const spans = items.map((item, at) => ({
    ...spanOf(item),
    isKept: at <= after || at > after + removed,
  }));
  const texts = value.slice(after + 1, after + 1 + added).map(jsonText);
  yield* flowSplices(source, { ...spanOf(node), spans, after, texts });
}

function spanOf({ offset, length }: Node): { start: number; end: number } {
  return { start: offset, end: offset + length };
}

/** A value on one line, with spaces as people write them. */
function jsonText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, of]) => pairText(key, of));
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

function pairText(key: string, value: JsonValue): string {
  return `${JSON.stringify(key)}: ${jsonText(value)}`;
}

function isObject(value: JsonValue): value is EntryFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
