import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../access/authentication.ts';
import { ApiProblem } from '../../http/problem.ts';

/** Throws 403 `person_required` unless the caller is a person, whose word this is; `what` completes "Only people …". */
export function requirePerson(request: FastifyRequest, what: string): void {
  if (callerOf(request).kind === 'person') return;
  throw new ApiProblem(
    403,
    'person_required',
    `Only people ${what}, and this is the token of a machine. Use the token of a person, or the console.`,
  );
}
