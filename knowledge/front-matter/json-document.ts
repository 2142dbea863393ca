import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { pointerKeys } from '../../model/text/json-pointer.ts';
import { Refusal } from './splice.ts';
import { numberValue, yamlLimits } from './yaml-document.ts';

/** The text is not a JSON object. `offset` is the position of the error. */
export class BadJson extends Error {
  override readonly name = 'BadJson';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A key of an object with its value. */
export interface JsonProperty {
  key: string;
  /** The node from the quote of the key to the end of the value. */
  node: Node;
  value: Node;
}

/** A JSON object (RFC 8259), which may follow a byte order mark. */
export class JsonDocument {
  /**
   * Numbers that JavaScript cannot represent are texts. If a key occurs more than once, its last value
   * counts.
   */
  readonly fields: EntryFields;
  readonly #source: string;
  #root: Node | undefined;

  /** Throws {@link BadJson}. */
  constructor(text: string) {
    this.#source = text.replace(/^\ufeff/, ' ');
    const { value, isExact } = parsed(this.#source);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new BadJson('it begins with something else.', 0);
    this.fields = isExact ? value : (valueOf(this.root, this.#source) as EntryFields);
  }

  /**
   * The nodes with their positions. They take longer than the fields, so they are created only when needed.
   */
  get root(): Node {
    this.#root ??= treeOf(this.#source, []);
    // The constructor has already parsed the text.
    if (this.#root === undefined) throw new BadJson('it is empty.', 0);
    return this.#root;
  }
}

/** The properties of an object, in order. */
export function propertiesOf({ children = [] }: Node): JsonProperty[] {
  return children.flatMap((node) => {
    const [key, value] = node.children ?? [];
    return key === undefined || value === undefined
      ? []
      : [{ key: String(key.value), node, value }];
  });
}

/** The property of an object with this key, or the last one if there are several. */
export function propertyOf(node: Node, name: string): JsonProperty | undefined {
  return propertiesOf(node).findLast(({ key }) => key === name);
}

/**
 * Throws a {@link Refusal} if the text cannot be edited field by field, because a key occurs twice or the
 * nesting is too deep.
 */
export function requireEditable(node: Node, depth = 0): void {
  if (depth > yamlLimits.depth)
    throw new Refusal(`It is nested more than ${yamlLimits.depth} levels deep.`, node.offset);
  if (node.type !== 'object') {
    for (const item of node.children ?? []) requireEditable(item, depth + 1);
    return;
  }
  const keys = new Set<string>();
  for (const { key, node: property, value } of propertiesOf(node)) {
    if (keys.has(key)) throw new Refusal(`The key "${key}" occurs twice.`, property.offset);
    keys.add(key);
    requireEditable(value, depth + 1);
  }
}

/**
 * The start of the value (of a key or an item) that a JSON Pointer refers to, or of the closest existing
 * value around it.
 */
export function offsetInJson(root: Node, pointer: string): number {
  let node = root;
  let { offset } = root;
  for (const name of pointerKeys(pointer)) {
    const property = node.type === 'object' ? propertyOf(node, name) : undefined;
    const item: Node | undefined =
      node.type === 'array' ? node.children?.[Number(name)] : property?.node;
    if (item === undefined) return offset;
    offset = item.offset;
    node = property?.value ?? item;
  }
  return offset;
}

/** `isExact` means that JavaScript represents every number as it is written. */
function parsed(source: string): { value: JsonValue; isExact: boolean } {
  let isExact = true;
  try {
    const value = JSON.parse(source, (_key, part: JsonValue) => {
      if (typeof part === 'number' && !Object.is(numberValue(part, ''), part)) isExact = false;
      return part;
    }) as JsonValue;
    return { value, isExact };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new BadJson('it is nested too deeply.', 0);
    const errors: ParseError[] = [];
    treeOf(source, errors);
    throw new BadJson(error.message, errors[0]?.offset ?? 0);
  }
}

function treeOf(source: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(source, errors, { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) throw new BadJson('it is nested too deeply.', 0);
    throw error;
  }
}

function valueOf(node: Node, source: string): JsonValue {
  const { type, children = [], offset, length } = node;
  switch (type) {
    case 'object':
      // Defines keys instead of setting them, so that `__proto__` is a key like any other.
      return Object.fromEntries(
        propertiesOf(node).map(({ key, value }) => [key, valueOf(value, source)]),
      );
    case 'array':
      return children.map((item) => valueOf(item, source));
    case 'number':
      return numberValue(node.value as number, source.slice(offset, offset + length));
    case 'string':
    case 'boolean':
    case 'null':
    case 'property':
      return node.value as string | boolean | null;
  }
}
