import type { CredentialRefusal } from '../../db/streams/hold-credential.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { fieldProblem, type ApiProblem } from '../http/problem.ts';

/** The problem for a credential that a repository, or what else has it at `pointer`, cannot have. */
export function credentialRefused(
  refusal: CredentialRefusal,
  pointer = '/repository/credentialId',
): ApiProblem {
  return fieldProblem(
    pointer,
    refusal.kind === 'no_credential' ? 'there is no such credential' : refusal.why,
  );
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
