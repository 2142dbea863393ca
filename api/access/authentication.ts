import type { FastifyRequest } from 'fastify';
import { notePersonSeen } from '../../db/access/people.ts';
import { findSessionBySecret, noteSessionUsed } from '../../db/access/sessions.ts';
import { hasExpired, useToken } from '../../db/access/tokens.ts';
import type { Db } from '../../db/connect.ts';
import { roleAllows, type Role } from '../../model/access/roles.ts';
import type { ApiDeps } from '../http/deps.ts';
import { ApiProblem, projectNotFound } from '../http/problem.ts';
import { callerOfSession } from './accepted.ts';
import { callerName, callerOfToken, seesProject, type Caller } from './caller.ts';
import type { RecheckDeps } from './open-id-connect/recheck.ts';
import { requireOwnPage } from './sessions/csrf.ts';
import { sessionCookie } from './sessions/session-cookie.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The lowest role that may use the route. `public` needs no caller and knows none; `anyone` needs none either, but
     * knows who it is. Every route declares it.
     */
    role?: Role | 'public' | 'anyone';
    /**
     * The statuses of the problems that the route itself answers with; those that come from what all routes share need
     * not be named (`api/http/documented-answers.ts`).
     */
    refuses?: readonly number[];
    /** Lets a request in that has no caller, but something else that it may be allowed with. */
    admits?: (request: FastifyRequest) => boolean;
  }
  interface FastifyRequest {
    /** The caller; `null` where there need not be one. Use {@link callerOf} where there must be. */
    caller: Caller | null;
  }
}

/**
 * Identifies the caller, by a bearer token or by the cookie of a session, and checks that they may
 * use this route; throws {@link ApiProblem} 401 or 403.
 */
export async function authenticate(
  deps: RecheckDeps & Pick<ApiDeps, 'publicUrl'>,
  request: FastifyRequest,
): Promise<Caller | null> {
  const { role: needed, admits } = request.routeOptions.config;
  if (needed === 'public' || admits?.(request) === true) return null;
  if (needed === undefined)
    throw new Error(`${request.method} ${request.routeOptions.url ?? ''} declares no role.`);
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const caller =
    token === undefined ? await callerByCookie(deps, request) : await callerByToken(deps.db, token);
  if (needed === 'anyone') return caller;
  if (caller === null) throw signedOut(deps, request);
  requireRole(caller, needed);
  return caller;
}

async function callerByToken(db: Db, secret: string): Promise<Caller> {
  const token = await useToken(db, secret);
  if (token === null)
    throw new ApiProblem(401, 'token_refused', 'This token is unknown or was revoked.');
  if (token.expiresAt !== null && hasExpired(token))
    throw new ApiProblem(
      401,
      'token_expired',
      `The token "${token.name}" expired at ${token.expiresAt.toISOString()}. Ask an admin for another one.`,
    );
  return callerOfToken(token);
}

/** `null` if nobody is signed in. */
async function callerByCookie(
  deps: RecheckDeps & Pick<ApiDeps, 'publicUrl'>,
  request: FastifyRequest,
): Promise<Caller | null> {
  const { db, publicUrl, sessionLimits } = deps;
  const sessionSecret = sessionCookie(publicUrl()).read(request);
  if (sessionSecret === null) return null;
  const session = await findSessionBySecret(db, sessionSecret, sessionLimits);
  const caller = session && (await callerOfSession(deps, session));
  if (!session || !caller) return null;
  requireOwnPage(request, { sessionSecret, publicUrl: publicUrl() });
  // A page that is left open follows event streams for ever, which is not using it.
  if (request.headers.accept !== 'text/event-stream') {
    await noteSessionUsed(db, session);
    if (caller.personId !== null) await notePersonSeen(db, caller.personId);
  }
  return caller;
}

function signedOut({ publicUrl }: Pick<ApiDeps, 'publicUrl'>, request: FastifyRequest): ApiProblem {
  return sessionCookie(publicUrl()).read(request) === null
    ? new ApiProblem(
        401,
        'token_missing',
        'Send a token (`Authorization: Bearer gw_…`), or sign in.',
      )
    : new ApiProblem(401, 'session_refused', 'You are signed out. Sign in again.');
}

/** Throws {@link ApiProblem} 403 unless the caller has at least this role. */
export function requireRole(caller: Caller, needed: Role): void {
  if (roleAllows(caller.role, needed)) return;
  throw new ApiProblem(
    403,
    'role_insufficient',
    `This needs the role ${needed}; ${callerName(caller)} has the role ${caller.role}.`,
  );
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
