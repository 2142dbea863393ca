import type { JsonValue } from '../../model/knowledge/entry.ts';

/** The value as a map, or `null` if it is not one. */
export function asMap(value: JsonValue | undefined): Record<string, JsonValue> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/**
 * Whether two values have the same meaning. The order of a map's keys does not matter, and a key without a
 * value (`null`) counts as missing.
 */
export function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || a === null || b === undefined || b === null)
    return (a ?? null) === (b ?? null);
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, at) => sameValue(item, b[at]))
    );
  const [ofA, ofB] = [asMap(a), asMap(b)];
  if (ofA === null || ofB === null) return false;
  const keys = new Set([...Object.keys(ofA), ...Object.keys(ofB)]);
  return [...keys].every((key) =>
    sameValue(Object.hasOwn(ofA, key) ? ofA[key] : null, Object.hasOwn(ofB, key) ? ofB[key] : null),
  );
}

/** A text that is the same for two values exactly if {@link sameValue} is true for them. */
export function canonicalText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  const map = asMap(value);
  if (map === null) return JSON.stringify(value);
  const pairs = Object.keys(map)
    .sort()
    .flatMap((key) => {
      const text = canonicalText(map[key] ?? null);
      return text === 'null' ? [] : [`${JSON.stringify(key)}:${text}`];
    });
  return `{${pairs.join()}}`;
}
