import { ApiProblem } from '../http/problem.ts';
import type { Sight } from './caller.ts';

/** Throws 403 if the caller may see only some projects or spaces; `what` is about all of them ("Metrics"). */
export function requireWholeSight({ projects, spaces }: Sight, what: string, hint = ''): void {
  if (projects === null && spaces === null) return;
  throw new ApiProblem(
    403,
    'role_insufficient',
    `${what} are about all projects and spaces, and this caller may see only some.${hint}`,
  );
}
