import { pointerToken } from './json-pointer.ts';

/** How deeply lists and objects from outside may be nested. */
const deepest = 64;
const unstorable = /[\p{Surrogate}\0]/u;

/** Something that cannot be stored: where it is (a JSON Pointer), and why, as `contains …`. */
export interface Unstorable {
  pointer: string;
  message: string;
}

/**
 * Finds the first text or field name that contains NUL or half of a surrogate pair: neither UTF-8 in Git nor PostgreSQL
 * can hold them, so a different text would be stored, or nothing. Also finds a value that is nested too deeply, and
 * looks no deeper. `null` if there is none.
 */
export function findUnstorable(value: unknown, pointer = '', depth = 0): Unstorable | null {
  if (typeof value === 'string')
    return unstorable.test(value)
      ? { pointer, message: 'contains NUL or half of a surrogate pair, which cannot be stored' }
      : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depth === deepest) return { pointer, message: `is nested more than ${deepest} levels deep` };
  for (const [name, part] of Object.entries(value)) {
    const found =
      findUnstorable(name, pointer, depth) ??
      findUnstorable(part, `${pointer}/${pointerToken(name)}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
