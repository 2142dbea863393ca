import { Check, Errors } from 'typebox/schema';
import type { EntryFields, EntryProblem, JsonSchema } from '../model/entry.ts';

/** One file does not fill a page: the first problems are told. */
const most = 20;

/** What of the fields the schema refuses, in the order of the fields' lines. `lineOf` tells a pointer's line. */
export function schemaProblems(
  schema: JsonSchema,
  fields: EntryFields,
  lineOf: (pointer: string) => number,
): EntryProblem[] {
  if (Check(schema, fields)) return [];
  const [, errors] = Errors(schema, fields);
  return errors
    .slice(0, most)
    .map((error): EntryProblem => {
      const pointer = error.instancePath;
      return { code: 'schema', line: lineOf(pointer), pointer, message: inWords(error) };
    })
    .sort((one, other) => one.line - other.line);
}

type SchemaError = ReturnType<typeof Errors>[1][number];

function inWords(error: SchemaError): string {
  if (error.keyword === 'required') {
    const { requiredProperties: missing } = error.params;
    return missing.length === 1
      ? `The field "${missing[0] ?? ''}" is missing.`
      : `The fields ${missing.map((name) => `"${name}"`).join(', ')} are missing.`;
  }
  if (error.keyword === 'enum')
    return `This must be one of ${error.params.allowedValues.map((value) => JSON.stringify(value)).join(', ')}.`;
  if (error.keyword === 'type')
    return `This must be ${[error.params.type].flat().map(typeName).join(' or ')}.`;
  if (error.keyword === 'minLength' && error.params.limit === 1) return 'This must not be empty.';
  if (error.keyword === 'uniqueItems') return 'This list has an item twice.';
  return `This ${error.message}.`;
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
