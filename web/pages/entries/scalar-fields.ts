import type { Space } from '../../api/types.ts';

/** A field of a kind with a plain value. */
export interface ScalarField {
  name: string;
  type: 'text' | 'number' | 'flag' | 'choice';
  /** Of a choice. */
  values: string[];
}

/** What one does not change for several, or look for: what identifies an entry, and what the server writes. */
const own = new Set(['id', 'created', 'updated']);

/** The fields of a kind that have one plain value, as its schema says, except its name; in the order of the schema. */
export function scalarFields({
  schema,
  titleField,
}: Pick<Space['kinds'][number], 'schema' | 'titleField'>): ScalarField[] {
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties as Record<string, unknown>).flatMap(([name, property]) => {
    if (own.has(name) || name === titleField) return [];
    const field = fieldOf(name, property);
    return field === null ? [] : [field];
  });
}

function fieldOf(name: string, property: unknown): ScalarField | null {
  if (typeof property !== 'object' || property === null) return null;
  const { type, enum: choices } = property as { type?: unknown; enum?: unknown };
  if (Array.isArray(choices)) {
    const values = choices.filter((one): one is string => typeof one === 'string' && one !== '');
    return values.length > 0 ? { name, type: 'choice', values } : null;
  }
  const types = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null');
  if (types.includes('array') || types.includes('object')) return null;
  if (types.includes('string')) return { name, type: 'text', values: [] };
  if (types.includes('number') || types.includes('integer'))
    return { name, type: 'number', values: [] };
  return types.includes('boolean') ? { name, type: 'flag', values: [] } : null;
}

/** The value that somebody has typed for a field; `null` takes the field away, `undefined`: it is none for this field. */
export function valueOf(
  { type }: ScalarField,
  typed: string,
): string | number | boolean | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  if (type === 'flag') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type !== 'number') return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
