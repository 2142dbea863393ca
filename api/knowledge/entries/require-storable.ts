import { storableText } from '../../../db/storable.ts';
import { fieldProblem } from '../../http/problem.ts';
import { pointerToken } from '../../../model/text/json-pointer.ts';

/** Levels of lists and objects that a value of a request may have. */
const deepest = 64;

/**
 * Throws the 422 with the pointer of the first text, or name of a field, in which there is NUL or half of a surrogate pair: neither
 * Git's UTF-8 nor the database holds them, and what would be stored were another text. Also for what is nested too deeply.
 */
export function requireStorable(value: unknown, pointer = '', depth = 0): void {
  if (typeof value === 'string') {
    if (storableText(value) !== value)
      throw fieldProblem(pointer, 'has NUL or half of a surrogate pair, which cannot be stored');
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth === deepest) throw fieldProblem(pointer, `is nested more than ${deepest} levels deep`);
  for (const [name, part] of Object.entries(value)) {
    requireStorable(name, pointer, depth);
    requireStorable(part, `${pointer}/${pointerToken(name)}`, depth + 1);
  }
}
