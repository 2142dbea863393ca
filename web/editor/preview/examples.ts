import type { JsonValue } from '../../../model/knowledge/entry.ts';

/** What the variables of a template stand for in a preview: their names, and a value that looks like a real one. */
export type Examples = ReadonlyMap<string, string>;

/**
 * Examples for the variables that an entry declares: the default if it has one, or something of its type. Variables are
 * declared as a map of names, or as a list (`docs/knowledge-files.md`).
 */
export function examplesOf(variables: JsonValue | undefined): Examples {
  if (typeof variables !== 'object' || variables === null) return new Map();
  const named = Array.isArray(variables) ? variables.flatMap(nameOf) : Object.entries(variables);
  return new Map(named.map(([name, said]) => [name, exampleOf(name, said)]));
}

function nameOf(item: JsonValue): [string, JsonValue][] {
  if (typeof item === 'string') return [[item, null]];
  const isNamed = typeof item === 'object' && item !== null && !Array.isArray(item);
  return isNamed && typeof item.name === 'string' ? [[item.name, item]] : [];
}

function exampleOf(name: string, said: JsonValue): string {
  const more = typeof said === 'object' && said !== null && !Array.isArray(said) ? said : {};
  const { type, default: preset } = more;
  if (typeof preset === 'string' || typeof preset === 'number' || typeof preset === 'boolean')
    return String(preset);
  return (typeof type === 'string' ? ofType.get(type) : undefined) ?? spoken(name);
}

const ofType = new Map([
  ['number', '1,234'],
  ['date', '31 March 2026'],
  ['boolean', 'yes'],
  ['list', 'one, two, three'],
]);

/** A name as people say it: `customerName` is "Customer name". */
function spoken(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[._-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
