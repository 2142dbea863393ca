import { StreamFailure } from '../../model/streams/errors.ts';
import { fieldProblem, type ApiProblem } from '../http/problem.ts';

/** The problem for a credential that does not exist (any more). */
export function noSuchCredential(): ApiProblem {
  return fieldProblem('/repository/credentialId', 'there is no such credential');
}

/**
 * Runs a check of the address policy for a field of the body; if it refuses the address, that
 * becomes a problem of the field.
 */
export function checkedAddress(pointer: string, check: () => string): string {
  try {
    return check();
  } catch (error) {
    if (error instanceof StreamFailure) throw fieldProblem(pointer, error.message);
    throw error;
  }
}
