import type { JsonSchema, JsonValue } from '../../../../model/knowledge/entry.ts';
import { controlOf, type FieldControl } from '../form/field-control.ts';
import { spoken } from '../form/spoken.ts';
import type { Variable } from './fill-queries.ts';

/** What a person has given, by the names of the variables; `undefined` where they have taken it away again. */
export type Given = Readonly<Record<string, JsonValue | undefined>>;

/** The variables of several texts, each name once: the first that names it counts. */
export function allVariables(lists: readonly (readonly Variable[])[]): Variable[] {
  const found = new Map<string, Variable>();
  for (const variable of lists.flat())
    if (!found.has(variable.name)) found.set(variable.name, variable);
  return [...found.values()];
}

/** What stands in the input of a variable: what was given, or else its default. */
export function shownValue(given: Given, variable: Variable): JsonValue | undefined {
  if (Object.hasOwn(given, variable.name)) return given[variable.name];
  return (variable.default as JsonValue) ?? undefined;
}

/** How a variable is asked for: as its type says, if its default can be shown so. */
export function controlOfVariable(variable: Variable): FieldControl {
  const schema = schemaOf(variable);
  const preset = (variable.default as JsonValue) ?? undefined;
  const isLong = typeof preset === 'string' && preset.includes('\n');
  return isLong ? { kind: 'longText' } : controlOf(schema, preset, schema);
}

function schemaOf({ type, fields }: Variable): JsonSchema {
  switch (type) {
    case 'number':
    case 'boolean':
      return { type };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'list':
      return { type: 'array', items: fields.length === 0 ? { type: 'string' } : objectOf(fields) };
    case 'text':
    case null:
      return { type: 'string' };
  }
}

function objectOf(fields: readonly string[]): JsonSchema {
  const properties = Object.fromEntries(fields.map((name) => [name, { type: 'string' }]));
  return { type: 'object', properties };
}

/** What a text is filled with. */
export interface Filling {
  /** What was given, and examples for what is missing; what has a default is left to it. */
  values: Record<string, JsonValue>;
  /** The variables that are required and were not given. */
  missing: string[];
}

/** The values for these variables, with an example for each that is missing, so that there is always something to look at. */
export function fillingOf(variables: readonly Variable[], given: Given): Filling {
  const filling: Filling = { values: {}, missing: [] };
  for (const variable of variables) {
    const { name, required } = variable;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) filling.values[name] = value;
    else if (required) {
      filling.missing.push(name);
      filling.values[name] = exampleOf(variable);
    }
  }
  return filling;
}

/** A value that looks like a real one. */
function exampleOf({ name, type, fields }: Variable): JsonValue {
  switch (type) {
    case 'number':
      return 100;
    case 'boolean':
      return true;
    case 'date':
      return '2026-03-31';
    case 'list':
      return fields.length === 0
        ? [`${spoken(name)} 1`, `${spoken(name)} 2`]
        : [Object.fromEntries(fields.map((field) => [field, spoken(field)]))];
    case 'text':
    case null:
      return spoken(name);
  }
}
