import type { Json } from '../../../../../model/text/json.ts';

/**
 * The values at a path of keys, where `*` stands for every item of an array (or of an object, because PHP
 * sometimes writes an array as one). Values with a different form are ignored.
 */
export function valuesAt(value: Json | undefined, path: readonly string[]): Json[] {
  let values: Json[] = value === undefined ? [] : [value];
  for (const key of path) {
    values = values.flatMap((item) => {
      if (key === '*') {
        if (Array.isArray(item)) return item;
        return item instanceof Map ? [...item.values()] : [];
      }
      const next = item instanceof Map ? item.get(key) : undefined;
      return next === undefined ? [] : [next];
    });
  }
  return values;
}
