import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate, expiryWarning, requireVisibleProject } from '../access/authentication.ts';
import type { Api, ApiDeps } from './deps.ts';
import { ApiProblem } from './problem.ts';

/** Requests without a valid token or session that an IP address may make in a minute. */
const refusalsPerMinute = 60;

/** Attempts to sign in that an IP address may make in a minute, successful or not. */
const signInsPerMinute = 20;

/**
 * Authenticates and limits requests: those of a known caller are counted per caller, others per IP
 * address.
 */
export async function addLimits(scope: FastifyInstance, deps: ApiDeps): Promise<void> {
  await scope.register(rateLimit, {
    // After authentication, and before the body is read.
    hook: 'preParsing',
    max: deps.requestsPerMinute ?? 6_000,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.caller?.id ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) => rateLimited(ttl),
  });
  const countRefusal = limit(scope, 'refused', refusalsPerMinute);
  scope.addHook('onRequest', async (request, reply) => {
    try {
      request.caller = await authenticate(deps, request);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) await countRefusal(request);
      throw error;
    }
    void reply.headers(expiryWarning(request.caller));
    requireVisibleProject(request);
  });
}

/** Counts attempts to sign in; the function that it returns throws 429 for too many. */
export function signInLimit(api: Api): (request: FastifyRequest) => Promise<void> {
  return limit(api, 'sign in', signInsPerMinute);
}

function limit(
  scope: Pick<FastifyInstance, 'createRateLimit'>,
  what: string,
  perMinute: number,
): (request: FastifyRequest) => Promise<void> {
  const count = scope.createRateLimit({
    max: perMinute,
    timeWindow: '1 minute',
    keyGenerator: ({ ip }) => `${what} ${createHash('sha256').update(ip).digest('hex')}`,
  });
  return async (request) => {
    const counted = await count(request);
    if (!counted.isAllowed && counted.isExceeded) throw rateLimited(counted.ttl);
  };
}

function rateLimited(ttl: number): ApiProblem {
  const seconds = Math.max(1, Math.ceil(ttl / 1_000));
  const detail = `Too many requests. Try again in ${seconds} s.`;
  return new ApiProblem(429, 'rate_limited', detail, [], seconds);
}
