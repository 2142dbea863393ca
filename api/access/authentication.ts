import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/connect.ts';
import { hasExpired, useToken } from '../../db/access/tokens.ts';
import { roleAllows, type Role } from '../../model/access/roles.ts';
import { ApiProblem, projectNotFound } from '../http/problem.ts';
import { callerName, callerOfToken, seesProject, type Caller } from './caller.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The lowest role that may use the route; `public` needs no token. Every route declares it. */
    role?: Role | 'public';
  }
  interface FastifyRequest {
    /** The caller; `null` on public routes. Use {@link callerOf}. */
    caller: Caller | null;
  }
}

/**
 * Identifies the caller and checks that they may use this route; throws {@link ApiProblem} 401 or
 * 403.
 */
export async function authenticate(db: Db, request: FastifyRequest): Promise<Caller | null> {
  const needed = request.routeOptions.config.role;
  if (needed === 'public') return null;
  if (needed === undefined)
    throw new Error(`${request.method} ${request.routeOptions.url ?? ''} declares no role.`);
  const secret = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (secret === undefined)
    throw new ApiProblem(401, 'token_missing', 'Send a token: `Authorization: Bearer gw_…`.');
  const token = await useToken(db, secret);
  if (token === null)
    throw new ApiProblem(401, 'token_refused', 'This token is unknown or was revoked.');
  if (token.expiresAt !== null && hasExpired(token))
    throw new ApiProblem(
      401,
      'token_expired',
      `The token "${token.name}" expired at ${token.expiresAt.toISOString()}. Ask an admin for another one.`,
    );
  const caller = callerOfToken(token);
  if (!roleAllows(caller.role, needed))
    throw new ApiProblem(
      403,
      'role_insufficient',
      `This needs the role ${needed}; ${callerName(caller)} has the role ${caller.role}.`,
    );
  return caller;
}

/** How long before a token expires its holder is warned of it, in milliseconds. */
const warnBefore = 30 * 24 * 60 * 60 * 1_000;

/** The headers that warn the holder of a token that soon expires: `Gitward-Token-Expires`, an ISO time. */
export function expiryWarning(caller: Caller | null, now = Date.now()): Record<string, string> {
  const expiresAt = caller?.expiresAt ?? null;
  if (expiresAt === null || expiresAt.getTime() - now > warnBefore) return {};
  return { 'gitward-token-expires': expiresAt.toISOString() };
}

/** The caller of an authenticated request. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null)
    throw new Error(`${request.method} ${request.url} is public, so its caller is not known.`);
  return request.caller;
}

/**
 * If the path names a project that the caller may not see, throws the same 404 as for a project
 * that does not exist.
 */
export function requireVisibleProject(request: FastifyRequest): void {
  const { project } = request.params as { project?: unknown };
  if (typeof project !== 'string' || request.caller === null) return;
  if (!seesProject(request.caller, project)) throw projectNotFound(project);
}
