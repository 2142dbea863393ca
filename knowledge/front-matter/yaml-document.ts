import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { Document, Pair, ParsedNode, YAMLMap } from 'yaml';
import type { EntryFields, JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';
import { pointerKeys, pointerToken } from '../../model/text/json-pointer.ts';
import { schemaOfItem, schemaOfKey } from '../kinds/schema-parts.ts';
import { isTextWanted } from '../kinds/wanted-text.ts';

/** The YAML cannot be read. `offset` is the position of the error. */
export class BadYaml extends Error {
  override readonly name = 'BadYaml';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Parsed front matter: the nodes with their positions, and their meaning as JSON. */
export interface YamlDocument {
  /** `null` if the front matter is empty. */
  root: YAMLMap.Parsed | null;
  fields: EntryFields;
  /** The value of a node below the root. */
  valueOf: (node: ParsedNode | null) => JsonValue;
  /** What is read as a text, as it is written, only because the schema wants one: nodes with their JSON Pointers. */
  unquoted: { pointer: string; node: ParsedNode }[];
  /** The anchors (`&`) that aliases (`*`) refer to. */
  referred: ReadonlySet<string>;
}

/** Front matter is small. With these limits, no text takes long to parse, whatever it contains. */
export const yamlLimits = { bytes: 32 * 1024, tokens: 6_000, depth: 48, expanded: 128 * 1024 };

/** How large a document may be. */
type YamlSize = Pick<typeof yamlLimits, 'bytes' | 'tokens'>;

/**
 * Parses a YAML 1.2 mapping (core schema: dates, `yes` and `on` are texts). Numbers that JSON cannot represent (`.inf`,
 * `.nan`, integers beyond 2^53) are texts, and -0 is 0. Where the schema of the fields wants a text, a value without
 * quotes is the text as it is written (`007`). Throws {@link BadYaml}, also for what is larger than `size`.
 */
export function parseYaml(
  source: string,
  schema: JsonSchema | null,
  size: YamlSize = yamlLimits,
): YamlDocument {
  if (source.length > size.bytes || Buffer.byteLength(source) > size.bytes)
    throw new BadYaml(`It is longer than ${size.bytes / 1024} KiB.`, 0);
  const root = compose(source, size)?.contents ?? null;
  if (root === null || (isScalar(root) && root.source === ''))
    return { root: null, fields: {}, valueOf: () => null, unquoted: [], referred: new Set() };
  if (!isMap<ParsedNode, ParsedNode | null>(root))
    throw new BadYaml('It is not a mapping of fields to values.', root.range[0]);
  const values = new ValueReader(source, schema);
  const fields = values.read(root, { depth: 0, pointer: '', schema }) as EntryFields;
  const { unquoted, referred } = values;
  return { root, fields, valueOf: (node) => values.known(node), unquoted, referred };
}

function compose(source: string, size: YamlSize): Document.Parsed | undefined {
  const composer = new Composer({
    keepSourceTokens: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'silent',
  });
  let first: BadYaml | null = null;
  // Otherwise it would continue, and create an error with a stack for each of thousands of wrong characters.
  Object.assign(composer, {
    onError(at: Position, _code: string, message: string, isWarning?: boolean) {
      if (isWarning === true) return;
      // The composer catches the first error and reports it again for the surrounding nodes.
      first ??= new BadYaml(message, offsetOf(at));
      throw first;
    },
  });
  try {
    const [document, another] = [...composer.compose(tokensOf(source, size), true, source.length)];
    if (another !== undefined)
      throw new BadYaml('There is more than one document in it.', another.range[0]);
    return document;
  } catch (error) {
    if (error instanceof RangeError) throw new BadYaml('It is nested too deeply.', 0);
    throw error;
  }
}

type Position = number | [number, number] | { offset: number };

function offsetOf(at: Position): number {
  if (typeof at === 'number') return at;
  return Array.isArray(at) ? at[0] : at.offset;
}

function* tokensOf(source: string, size: YamlSize): ReturnType<Parser['parse']> {
  const parser = new Parser();
  let count = 0;
  for (const lexeme of new Lexer().lex(source)) {
    count += 1;
    if (count > size.tokens)
      throw new BadYaml(`It has more than ${size.tokens} parts.`, parser.offset);
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') throw new BadYaml(token.message, token.offset);
      if (token.type === 'directive')
        throw new BadYaml('Directives (`%YAML`, `%TAG`) are not allowed.', token.offset);
      yield token;
    }
  }
  yield* parser.end();
}

/** The place of a node in the fields. */
interface NodePlace {
  depth: number;
  pointer: string;
  schema: JsonSchema | null;
}

/** Converts nodes to JSON. An alias is a copy, so the total size of all copies is limited. */
class ValueReader {
  readonly unquoted: YamlDocument['unquoted'] = [];
  readonly referred = new Set<string>();
  readonly #source: string;
  readonly #schema: JsonSchema;
  readonly #values = new Map<ParsedNode, JsonValue>();
  readonly #anchors = new Map<string, { value: JsonValue; size: number }>();
  #size = 0;

  constructor(source: string, schema: JsonSchema | null) {
    this.#source = source;
    this.#schema = schema ?? {};
  }

  known(node: ParsedNode | null): JsonValue {
    return node === null ? null : (this.#values.get(node) ?? null);
  }

  read(node: ParsedNode | null, place: NodePlace): JsonValue {
    if (node === null) return null;
    if (place.depth > yamlLimits.depth)
      throw new BadYaml(`It is nested more than ${yamlLimits.depth} levels deep.`, node.range[0]);
    const before = this.#size;
    const value = this.#valueOf(node, place);
    this.#values.set(node, value);
    if (!isAlias(node) && node.anchor !== undefined)
      this.#anchors.set(node.anchor, { value, size: this.#size - before });
    return value;
  }

  #valueOf(node: ParsedNode, place: NodePlace): JsonValue {
    if (isAlias(node)) {
      const anchored = this.#anchors.get(node.source);
      if (anchored === undefined)
        throw new BadYaml(
          `The alias *${node.source} does not refer to anything before it.`,
          node.range[0],
        );
      this.referred.add(node.source);
      this.#grow(anchored.size, node.range[0]);
      return anchored.value;
    }
    if (isSeq<ParsedNode | null>(node)) {
      this.#grow(1, node.range[0]);
      const { depth, pointer } = place;
      const schema = schemaOfItem(place.schema, this.#schema);
      return node.items.map((item, at) =>
        this.read(item, { depth: depth + 1, pointer: `${pointer}/${at}`, schema }),
      );
    }
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      this.#grow(1, node.range[0]);
      return this.#mapping(node.items, place);
    }
    this.#grow(1 + node.range[1] - node.range[0], node.range[0]);
    const value = scalarValue(node.value, node.source);
    if (node.type !== 'PLAIN' || node.tag !== undefined || typeof value === 'string') return value;
    if (!isTextWanted(place.schema, { value, source: node.source })) return value;
    this.unquoted.push({ pointer: place.pointer, node });
    return node.source;
  }

  #mapping(pairs: Pair<ParsedNode, ParsedNode | null>[], place: NodePlace): EntryFields {
    const entries: [string, JsonValue][] = [];
    const keys = new Set<string>();
    for (const { key, value } of pairs) {
      const name = scalarKey(key);
      if (name === null) throw new BadYaml('A key is not a text.', key.range[0]);
      if (keys.has(name)) throw new BadYaml(`The key "${name}" occurs twice.`, key.range[0]);
      keys.add(name);
      const pointer = `${place.pointer}/${pointerToken(name)}`;
      const schema = schemaOfKey(place.schema, name, this.#schema);
      entries.push([name, this.read(value, { depth: place.depth + 1, pointer, schema })]);
    }
    // Defines keys instead of setting them, so that `__proto__` is a key like any other.
    return Object.fromEntries(entries);
  }

  #grow(by: number, offset: number): void {
    this.#size += by;
    if (this.#size > yamlLimits.expanded + this.#source.length)
      throw new BadYaml('Its aliases expand to too much text.', offset);
  }
}

/** The name of a key. `null` if it is a list, a mapping or an alias. */
export function scalarKey(key: unknown): string | null {
  if (!isScalar(key)) return null;
  if (typeof key.value === 'string') return key.value;
  return key.source ?? '';
}

function scalarValue(value: unknown, source: string): JsonValue {
  if (typeof value === 'number') return numberValue(value, source);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  return source;
}

/** A number. If JavaScript cannot represent it, the text as it is written. -0 becomes 0. */
export function numberValue(value: number, source: string): JsonValue {
  if (!Number.isFinite(value)) return source;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return source;
  return value === 0 ? 0 : value;
}

/**
 * The offset of the node (of a key or an item) that a JSON Pointer refers to, or of the closest existing node
 * around it.
 */
export function offsetOfPointer(root: YAMLMap.Parsed | null, pointer: string): number | null {
  let node: ParsedNode | null = root;
  let offset: number | null = null;
  for (const name of pointerKeys(pointer)) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair: Pair<ParsedNode, ParsedNode | null> | undefined = node.items.find(
        ({ key }) => scalarKey(key) === name,
      );
      if (pair === undefined) return offset;
      offset = pair.key.range[0];
      node = pair.value;
    } else if (isSeq<ParsedNode | null>(node)) {
      const item: ParsedNode | null = node.items[Number(name)] ?? null;
      if (item === null) return offset;
      offset = item.range[0];
      node = item;
    } else return offset;
  }
  return offset;
}
