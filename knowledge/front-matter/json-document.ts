import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { pointerKeys } from '../../model/text/json-pointer.ts';
import { Refusal } from './splice.ts';
import { numberValue, yamlLimits } from './yaml-document.ts';

/** A text that is no JSON object. `offset` is where in it. */
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
  /** From the key's quote to the value's end. */
  node: Node;
  value: Node;
}

/** A JSON object (RFC 8259), before which a byte order mark may stand. */
export class JsonDocument {
  /** Numbers that JavaScript cannot hold are their texts; of a key that is there twice the last counts. */
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

  /** The nodes with their positions, which take longer than the fields: made when they are asked for. */
  get root(): Node {
    this.#root ??= treeOf(this.#source, []);
    // The constructor parsed the text already.
    if (this.#root === undefined) throw new BadJson('it is empty.', 0);
    return this.#root;
  }
}

/** An object's properties, in their order. */
export function propertiesOf({ children = [] }: Node): JsonProperty[] {
  return children.flatMap((node) => {
    const [key, value] = node.children ?? [];
    return key === undefined || value === undefined
      ? []
      : [{ key: String(key.value), node, value }];
  });
}

/** The property of an object with this key, the last one where there are several. */
export function propertyOf(node: Node, name: string): JsonProperty | undefined {
  return propertiesOf(node).findLast(({ key }) => key === name);
}

/** Throws {@link Refusal} at what cannot be edited field by field: a key that is there twice, and nesting without an end. */
export function requireEditable(node: Node, depth = 0): void {
  if (depth > yamlLimits.depth)
    throw new Refusal(`It is nested more than ${yamlLimits.depth} deep.`, node.offset);
  if (node.type !== 'object') {
    for (const item of node.children ?? []) requireEditable(item, depth + 1);
    return;
  }
  const keys = new Set<string>();
  for (const { key, node: property, value } of propertiesOf(node)) {
    if (keys.has(key)) throw new Refusal(`The key "${key}" is there twice.`, property.offset);
    keys.add(key);
    requireEditable(value, depth + 1);
  }
}

/** Where the value (a field's key, an item) that a JSON Pointer names begins, or the nearest around it. */
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

/** `isExact`: every number is as JavaScript has it. */
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
      // Defines keys rather than setting them: `__proto__` is one like others.
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
