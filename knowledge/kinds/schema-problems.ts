import { Check, Errors } from 'typebox/schema';
import type { EntryFields, EntryProblem, JsonSchema } from '../../model/knowledge/entry.ts';

/** Only the first problems of a file are reported, so that they do not fill a page. */
const most = 20;

/**
 * The problems that the schema finds in the fields, in the order of the fields' lines. `lineOf` returns the
 * line for a pointer.
 */
export function schemaProblems(
  schema: JsonSchema,
  fields: EntryFields,
  lineOf: (pointer: string) => number,
): EntryProblem[] {
  if (Check(schema, fields)) return [];
  const [, errors] = Errors(schema, fields);
  return errors
    .slice(0, most)
    .flatMap((error): EntryProblem[] => {
      const pointer = error.instancePath;
      const line = lineOf(pointer);
      return inWords(error).map((message) => ({ code: 'schema', line, pointer, message }));
    })
    .sort((one, other) => one.line - other.line);
}

type SchemaError = ReturnType<typeof Errors>[1][number];

function inWords(error: SchemaError): string[] {
  if (error.keyword !== 'required') return [`This ${saysOf(error)}.`];
  return error.params.requiredProperties.map((name) => `The field "${name}" is missing.`);
}

function saysOf(error: SchemaError): string {
  if (error.keyword === 'enum')
    return `must be one of ${error.params.allowedValues.map((value) => JSON.stringify(value)).join(', ')}`;
  if (error.keyword === 'type')
    return `must be ${[error.params.type].flat().map(typeName).join(' or ')}`;
  if (error.keyword === 'minLength' && error.params.limit === 1) return 'must not be empty';
  if (error.keyword === 'uniqueItems') return 'list has an item twice';
  return error.message;
}

function typeName(type: string): string {
  return typeNames.get(type) ?? type;
}

const typeNames = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping'],
  ['null', 'empty'],
]);
