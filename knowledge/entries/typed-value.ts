import type { JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';
import { schemaOfKey } from '../kinds/schema-parts.ts';
import { schemaProblems } from '../kinds/schema-problems.ts';

/** The field that a value was typed for. */
export interface TypedFor {
  field: string;
  kind: Pick<Kind, 'schema'>;
  /** Its value so far; `undefined` if it has none. */
  present: JsonValue | undefined;
}

/**
 * The value that somebody means who types it for a field: JSON (`12`, `true`, `["a"]`, `null`, `"12"`), or else a text. What
 * could be either, such as `1.10`, is what the kind's schema asks for, or else what the present value is. Otherwise it is a
 * number only if that is written in the same way.
 */
export function typedValue(typed: string, { field, kind, present }: TypedFor): JsonValue {
  const parsed = parsedOr(typed);
  if (parsed === undefined || isInexact(parsed)) return typed;
  if (parsed === null || typeof parsed === 'string') return parsed;
  const [isText, isParsed] = [typed, parsed].map((value) => fits(field, value, kind));
  if (isText !== isParsed) return isText === true ? typed : parsed;
  if (present !== undefined && present !== null)
    return typeof present === 'string' ? typed : parsed;
  if (isText === false && wantsText(field, kind)) return typed;
  return typeof parsed === 'number' && String(parsed) !== typed ? typed : parsed;
}

function parsedOr(typed: string): JsonValue | undefined {
  try {
    return JSON.parse(typed) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Whether a number has more digits than can be kept. */
function isInexact(value: JsonValue): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

function fits(field: string, value: JsonValue, { schema }: TypedFor['kind']): boolean {
  const at = `/${pointerToken(field)}`;
  const problems = schemaProblems(schema, Object.fromEntries([[field, value]]), () => 1);
  return !problems.some(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`));
}

function wantsText(field: string, { schema }: TypedFor['kind']): boolean {
  return [schemaOfKey(schema, field, schema)?.type].flat().includes('string');
}
