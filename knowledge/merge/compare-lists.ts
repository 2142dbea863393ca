import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../model/knowledge/entry.ts';

/** Finds the equal items at the start and end of two lists, and counts the items in between. */
export function compareLists(
  old: JsonValue[],
  value: JsonValue[],
): { prefix: number; common: number; removed: number; added: number } {
  const most = Math.min(old.length, value.length);
  let prefix = 0;
  while (prefix < most && isDeepStrictEqual(old[prefix], value[prefix])) prefix += 1;
  let suffix = 0;
  while (suffix < most - prefix && isDeepStrictEqual(old.at(-1 - suffix), value.at(-1 - suffix)))
    suffix += 1;
  const [before, after] = [old.length - prefix - suffix, value.length - prefix - suffix];
  const common = Math.min(before, after);
  return { prefix, common, removed: before - common, added: after - common };
}
