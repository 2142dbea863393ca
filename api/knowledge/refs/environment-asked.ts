import type { Static } from '@fastify/type-provider-typebox';
import { fieldProblem } from '../../http/problem.ts';
import type { ReadQuery } from './ref-schema.ts';

/** The environment that a query names; `null` if it names none. Throws 422 if it names more than one version. */
export function environmentAsked({ at, env, label }: Static<typeof ReadQuery>): string | null {
  if (env !== undefined && label !== undefined && env !== label)
    throw fieldProblem('/label', 'is the same as `env`: give one of them');
  const name = env ?? label ?? null;
  if (name !== null && at !== undefined)
    throw fieldProblem('/at', 'give either `at` or an environment, not both');
  return name;
}
