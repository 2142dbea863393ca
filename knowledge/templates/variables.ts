import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { jsonPointer } from '../../model/text/json-pointer.ts';
import { parseLooseTime } from '../../model/text/time.ts';

/** What a variable's value must be. */
export type VariableType = 'text' | 'number' | 'boolean' | 'list' | 'date';

/** The types, as schemas list them. */
export const variableTypes = ['text', 'number', 'boolean', 'list', 'date'] satisfies VariableType[];

/** A variable of a prompt or template. */
export interface Variable {
  name: string;
  description: string | null;
  /** `null`: any of them, for a variable that nothing declares. */
  type: VariableType | null;
  required: boolean;
  /** What it is if no value is given; `undefined`: nothing. */
  default: JsonValue | undefined;
}

/** What is wrong with a value or a declaration. */
export interface ValueFault {
  /** JSON Pointer (RFC 6901): into the request (`/values/customer`), or into the entry's fields (`/variables/customer`). */
  pointer: string;
  message: string;
}

/**
 * The variables that the front matter declares: `customer: The customer's name`, or with more to say, `total: { description: …,
 * type: number, required: false, default: 0 }`. A text, number or date is required unless it says otherwise or has a default; a
 * switch that nobody sets is off, and a list that nobody gives is empty. A list of names (`[customer, total]`), or of such objects with a
 * `name`, is read as well. `null` if nothing is declared.
 */
export function declaredVariables({
  variables,
}: EntryFields): { variables: Variable[]; faults: ValueFault[] } | null {
  if (typeof variables !== 'object' || variables === null) return null;
  const named = Array.isArray(variables) ? variables.flatMap(nameOf) : Object.entries(variables);
  const read = named.map(([name, said]) => declared(name, said));
  const faults = read.flatMap((variable) => faultsOf(variable));
  return { variables: read, faults };
}

function nameOf(item: JsonValue): [string, JsonValue][] {
  if (typeof item === 'string') return [[item, null]];
  const isNamed = typeof item === 'object' && item !== null && !Array.isArray(item);
  return isNamed && typeof item.name === 'string' ? [[item.name, item]] : [];
}

function declared(name: string, said: JsonValue): Variable {
  const more = typeof said === 'object' && said !== null && !Array.isArray(said) ? said : {};
  const { type: asked = null, description, required, default: preset } = more;
  const type = asked === null ? 'text' : (asked as VariableType);
  const given = preset ?? undefined;
  const isNeeded = given === undefined && type !== 'boolean' && type !== 'list';
  const about = more === said ? description : said;
  return {
    name,
    description: typeof about === 'string' ? about : null,
    type,
    required: typeof required === 'boolean' ? required && given === undefined : isNeeded,
    default: given,
  };
}

function faultsOf({ name, type, default: preset }: Variable): ValueFault[] {
  const pointer = jsonPointer(['variables', name]);
  if (type !== null && !variableTypes.includes(type))
    return [
      {
        pointer: `${pointer}/type`,
        message: `is ${JSON.stringify(type).slice(0, 100)}, but must be one of ${variableTypes.join(', ')}`,
      },
    ];
  return preset === undefined ? [] : valueFaults(preset, type, `${pointer}/default`);
}

/** The values of all variables, or everything that is wrong with what was given. */
export function valuesOf(
  variables: readonly Variable[],
  given: Readonly<Record<string, JsonValue>>,
): { values: Map<string, JsonValue>; faults: ValueFault[] } {
  const values = new Map<string, JsonValue>();
  const faults: ValueFault[] = [];
  const names = new Set(variables.map(({ name }) => name));
  for (const { name, type, required, description, default: preset } of variables) {
    const pointer = jsonPointer(['values', name]);
    const value = Object.hasOwn(given, name) ? (given[name] ?? null) : null;
    if (value !== null) {
      values.set(name, value);
      faults.push(...valueFaults(value, type, pointer));
    } else if (preset !== undefined) values.set(name, preset);
    else if (required)
      faults.push({
        pointer,
        message: `is missing${description === null ? '' : ` (${description.slice(0, 200)})`}`,
      });
  }
  for (const name of Object.keys(given))
    if (!names.has(name))
      faults.push({
        pointer: jsonPointer(['values', name]),
        message: `is no variable here: ${allOf(names)}`,
      });
  return { values, faults };
}

/** So many names are listed to somebody who gave another one. */
const mostNames = 50;

function allOf(names: ReadonlySet<string>): string {
  if (names.size === 0) return 'there are none';
  const more = names.size > mostNames ? ', …' : '';
  return `there are ${[...names].slice(0, mostNames).join(', ')}${more}`;
}

function valueFaults(value: JsonValue, type: VariableType | null, pointer: string): ValueFault[] {
  if (Array.isArray(value) && (type === null || type === 'list'))
    return value.flatMap((item, index) =>
      isItem(item) ? [] : { pointer: `${pointer}/${index}`, message: itemWanted },
    );
  const fits = type === null ? isScalar(value) : isOf[type](value);
  return fits ? [] : [{ pointer, message: `must be ${type === null ? anything : wanted[type]}` }];
}

const isOf: Record<VariableType, (value: JsonValue) => boolean> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  // A list was looked at item by item.
  list: () => false,
  date: (value) => typeof value === 'string' && parseLooseTime(value) !== null,
};

const wanted: Record<VariableType, string> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  date: 'a date that exists, such as 2026-03-31, or one with a time, such as 2026-03-31T08:00:00Z',
};
const anything = 'a text, a number, true, false, or a list';
const itemWanted = 'must be a text, a number, true, false, or an object of those';

function isScalar(value: JsonValue): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isItem(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return value !== null;
  return !Array.isArray(value) && Object.values(value).every(isScalar);
}
