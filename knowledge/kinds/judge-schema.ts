import type { JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';
import { canBeText, isUpdated, updatedKeyword } from './date-fields.ts';
import { schemaProblems } from './schema-problems.ts';
import { pointerKeys, pointerToken } from '../../model/text/json-pointer.ts';

/** A schema from a repository cannot be used. The message says where and why. */
export class BadSchema extends Error {
  override readonly name = 'BadSchema';
  /** Where in the file, as a fragment: `#` is the whole of it. */
  readonly at: string;

  constructor(message: string, at = '#', options?: ErrorOptions) {
    super(message, options);
    this.at = at;
  }
}

const deepest = 32;
const mostSubschemas = 500;
/** The maximum number of values in all enums together. */
const mostValues = 1_000;

/**
 * Checks a JSON Schema from outside. Entries are validated while others wait, so a schema must not be able to
 * keep us busy, and a mistake (`"type": "strng"`) must not be taken for a rule. Throws {@link BadSchema}.
 */
export function judgeSchema(schema: JsonSchema): void {
  new Judge(schema).visit(schema, '#', 1);
}

/** Keywords whose value is a schema, a list of schemas, or a map of schemas. */
const one = words(
  'additionalItems additionalProperties contains contentSchema else if items not propertyNames then unevaluatedItems unevaluatedProperties',
);
const list = words('allOf anyOf oneOf prefixItems');
const map = words('$defs definitions dependentSchemas properties');

/** A repository's regular expression could run for years, and we never fetch references to other files. */
const forbidden = words(
  'pattern patternProperties $id $dynamicRef $recursiveRef $anchor $dynamicAnchor $recursiveAnchor dependencies',
);

const typeNames = words('array boolean integer null number object string');

class Judge {
  readonly #root: JsonSchema;
  #count = 0;
  #values = 0;

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  /** Follows references, so that everything they repeat is counted, and circles are found to be too deep. */
  visit(value: JsonValue | undefined, at: string, depth: number): void {
    if (typeof value === 'boolean') return;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new BadSchema(`${at} is not a schema: use an object, true or false.`, at);
    if (depth > deepest)
      throw new BadSchema(
        `${at} is nested more than ${deepest} schemas deep, or its "$ref" is circular: make the schema flatter.`,
        at,
      );
    this.#count += 1;
    if (this.#count > mostSubschemas)
      throw new BadSchema(
        `The schema has more than ${mostSubschemas} subschemas, with references followed: remove some.`,
        at,
      );
    checkKeywords(value, at);
    for (const [key, of] of Object.entries(value))
      this.#keyword(key, of, `${at}/${pointerToken(key)}`, depth + 1);
  }

  #keyword(key: string, value: JsonValue, at: string, depth: number): void {
    if (one.has(key)) this.visit(value, at, depth);
    else if (list.has(key)) {
      if (!Array.isArray(value)) throw new BadSchema(`${at} must be a list of schemas.`, at);
      for (const [index, item] of value.entries()) this.visit(item, `${at}/${index}`, depth);
    } else if (map.has(key)) {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new BadSchema(`${at} must be an object of schemas.`, at);
      for (const [name, item] of Object.entries(value))
        this.visit(item, `${at}/${pointerToken(name)}`, depth);
    } else if (key === 'enum' && Array.isArray(value)) this.#countValues(value.length, at);
    else if (key === '$ref') this.visit(this.#referred(value, at), at, depth);
    else if (forbidden.has(key))
      throw new BadSchema(`${at} is not supported: remove "${key}".`, at);
  }

  /**
   * Counts values that are compared with every value of an entry in that place. References repeat them, too.
   */
  #countValues(count: number, at: string): void {
    this.#values += count;
    if (this.#values > mostValues)
      throw new BadSchema(
        `With ${at}, there are more than ${mostValues} values to choose from, with references followed: remove some.`,
        at,
      );
  }

  #referred(value: JsonValue, at: string): JsonValue {
    // Escapes such as `%41` are not allowed, so that nobody can interpret it as another place.
    if (typeof value !== 'string' || !/^#(?:\/[\w$.~-]+)+$/.test(value))
      throw new BadSchema(
        `${at} must refer to something in the same file, such as "#/$defs/person", using only letters, digits, "$", ".", "_" and "-".`,
        at,
      );
    let found: JsonValue | undefined = this.#root;
    for (const key of pointerKeys(value.slice(1)))
      found =
        typeof found === 'object' && found !== null && Object.hasOwn(found, key)
          ? (found as Record<string, JsonValue>)[key]
          : undefined;
    if (found === undefined)
      throw new BadSchema(`${at} is "${value.slice(0, 200)}", which is not in this file.`, at);
    return found;
  }
}

/**
 * Checks the keywords that do not contain schemas, because a validator ignores those that it does not
 * understand.
 */
function checkKeywords(schema: JsonSchema, at: string): void {
  const unknown = [schema.type ?? []]
    .flat()
    .find((name) => typeof name !== 'string' || !typeNames.has(name));
  if (unknown !== undefined)
    throw new BadSchema(
      `${at}/type is ${JSON.stringify(unknown)}, but must be one of ${[...typeNames].join(', ')}.`,
      `${at}/type`,
    );
  if (isUpdated(schema) && !canBeText(schema))
    throw new BadSchema(
      `${at}/${updatedKeyword} is for a text with a date: add "string" to "type".`,
      `${at}/${updatedKeyword}`,
    );
  const [problem] = schemaProblems(keywordSchema, schema, () => 1);
  const where = `${at}${problem?.pointer ?? ''}`;
  if (problem) throw new BadSchema(`${where}: ${problem.message}`, where);
}

const size: JsonSchema = { type: 'integer', minimum: 0 };
const number: JsonSchema = { type: 'number' };
const text: JsonSchema = { type: 'string' };

const keywordSchema: JsonSchema = {
  properties: {
    ...{ title: text, description: text, $comment: text, format: text },
    ...{ minLength: size, maxLength: size, minItems: size, maxItems: size },
    ...{ minProperties: size, maxProperties: size, minContains: size, maxContains: size },
    ...{ minimum: number, maximum: number, exclusiveMinimum: number, exclusiveMaximum: number },
    multipleOf: { type: 'number', exclusiveMinimum: 0 },
    uniqueItems: { type: 'boolean' },
    [updatedKeyword]: { enum: [true, false, 'if-present'] },
    enum: { type: 'array', minItems: 1 },
    required: { type: 'array', items: text },
    dependentRequired: {
      type: 'object',
      additionalProperties: { type: 'array', items: text },
    },
  },
};

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
