import { ApiProblem } from '../../http/problem.ts';

/** The problem for a person who does not exist. */
export function personNotFound(id: string): ApiProblem {
  return new ApiProblem(404, 'person_not_found', `There is no person ${id}.`);
}
