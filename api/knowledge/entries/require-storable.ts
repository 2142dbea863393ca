import { findUnstorable } from '../../../model/text/find-unstorable.ts';
import { fieldProblem } from '../../http/problem.ts';

/** Throws 422, with a pointer, for the first text, field name or value that cannot be stored. */
export function requireStorable(value: unknown): void {
  const found = findUnstorable(value);
  if (found !== null) throw fieldProblem(found.pointer, found.message);
}
