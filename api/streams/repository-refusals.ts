import { StreamFailure } from '../../model/streams/errors.ts';
import { fieldProblem, type ApiProblem } from '../http/problem.ts';

/** The refusal for a credential that is not there (any more). */
export function noSuchCredential(): ApiProblem {
  return fieldProblem('/repository/credentialId', 'there is no such credential');
}

/** Runs a check of the address policy for a field of the body; its refusal becomes the field's. */
export function checkedAddress(pointer: string, check: () => string): string {
  try {
    return check();
  } catch (error) {
    if (error instanceof StreamFailure) throw fieldProblem(pointer, error.message);
    throw error;
  }
}
