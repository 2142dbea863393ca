import { storableText } from '../../../db/storable.ts';
import { fieldProblem } from '../../http/problem.ts';
import { pointerToken } from '../../../model/text/json-pointer.ts';

/** How deeply lists and objects in a request may be nested. */
const deepest = 64;

/**
 * Throws 422, with a pointer, for the first text or field name that contains NUL or half of a
 * surrogate pair: neither UTF-8 in Git nor the database can hold them, so a different text would be
 * stored. Also throws for a value that is nested too deeply.
 */
export function requireStorable(value: unknown, pointer = '', depth = 0): void {
  if (typeof value === 'string') {
    if (storableText(value) !== value)
      throw fieldProblem(
        pointer,
        'contains NUL or half of a surrogate pair, which cannot be stored',
      );
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth === deepest) throw fieldProblem(pointer, `is nested more than ${deepest} levels deep`);
  for (const [name, part] of Object.entries(value)) {
    requireStorable(name, pointer, depth);
    requireStorable(part, `${pointer}/${pointerToken(name)}`, depth + 1);
  }
}
