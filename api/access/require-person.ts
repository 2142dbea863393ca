import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../http/problem.ts';
import { callerOf } from './authentication.ts';
import type { Caller } from './caller.ts';

/** The caller, who must be a person. Throws {@link ApiProblem} 403 if it is a machine; `does` says what only people do. */
export function requirePerson(request: FastifyRequest, does: string): Caller {
  const caller = callerOf(request);
  if (caller.kind === 'person') return caller;
  throw new ApiProblem(
    403,
    'person_required',
    `Only people ${does}, and this is the token of a machine. Use the token of a person, or the console.`,
  );
}
