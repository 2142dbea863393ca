import Format from 'typebox/format';
import { Check, Errors } from 'typebox/schema';
import { parseLooseTime } from '../../model/text/time.ts';
import type { EntryProblem, JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';

/** The format of a date, or of a date with a time as people and databases write it; those of JSON Schema are stricter. */
export const dateOrTime = 'date-or-time';
Format.Set(dateOrTime, (text) => parseLooseTime(text) !== null);

/** Only the first problems of a file are reported, so that they do not fill a page. */
const most = 20;

/**
 * The problems that the schema finds in the fields, in the order of the fields' lines. `lineOf` returns the
 * line for a pointer.
 */
export function schemaProblems(
  schema: JsonSchema,
  fields: JsonValue,
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
  if (error.keyword === 'format') return formats.get(error.params.format) ?? error.message;
  if (error.keyword === 'minLength' && error.params.limit === 1) return 'must not be empty';
  if (error.keyword === 'uniqueItems') return 'list has an item twice';
  return error.message;
}

const formats = new Map([
  ['date', 'must be a date that exists, such as 2026-03-31'],
  ['date-time', 'must be a date and time with a zone, such as 2026-03-31T08:00:00Z'],
  [
    dateOrTime,
    'must be a date that exists, such as 2026-03-31, or one with a time, such as 2026-03-31T08:00:00Z',
  ],
]);

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
