import { ApiProblem } from '../../http/problem.ts';

/** The problem for a credential that does not exist. */
export function credentialNotFound(id: string): ApiProblem {
  return new ApiProblem(404, 'credential_not_found', `There is no credential ${id}.`);
}
