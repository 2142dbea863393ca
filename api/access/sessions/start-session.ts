import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordAudit } from '../../../db/access/audit.ts';
import { notePersonSeen } from '../../../db/access/people.ts';
import {
  findSessionBySecret,
  insertSession,
  removeOldSessions,
  removeSession,
  type Session,
} from '../../../db/access/sessions.ts';
import type { Trx } from '../../../db/connect.ts';
import type { ProviderTokens } from '../../../model/access/open-id-connect.ts';
import type { SignInMethod } from '../../../model/access/sign-in.ts';
import type { ApiDeps } from '../../http/deps.ts';
import type { Caller } from '../caller.ts';
import { sessionCookie } from './session-cookie.ts';

/** A session that was started: its secret goes into the browser's cookie and nowhere else. */
export interface StartedSession {
  row: Session;
  secret: string;
}

/** Who signed in, and how. */
export interface SignedIn {
  caller: Caller;
  method: SignInMethod;
  /** What the provider said, if they signed in there. */
  provider?: { sid: string | null; tokens: ProviderTokens } | null;
}

/**
 * Starts a session of a caller, with its audit entry, in the caller's transaction. The session that
 * the browser had ends: it may be somebody else's, and a secret from before signing in must not be
 * worth anything after it.
 */
export async function startSession(
  trx: Trx,
  { sealer, sessionLimits, publicUrl }: Pick<ApiDeps, 'sealer' | 'sessionLimits' | 'publicUrl'>,
  request: FastifyRequest,
  { caller, method, provider = null }: SignedIn,
): Promise<StartedSession> {
  await removeOldSessions(trx, sessionLimits);
  const before = sessionCookie(publicUrl()).read(request);
  const ended = before && (await findSessionBySecret(trx, before, sessionLimits));
  if (ended) await removeSession(trx, ended.id);
  const started = await insertSession(trx, sealer, {
    of: caller,
    method,
    provider,
    userAgent: request.headers['user-agent'] ?? null,
    address: request.ip,
    expiresAt: new Date(Date.now() + sessionLimits.absolute),
  });
  if (caller.personId !== null) await notePersonSeen(trx, caller.personId);
  await recordAudit(trx, {
    by: caller,
    actor: caller.name,
    action: 'session.start',
    target: `session/${started.row.id}`,
    requestId: request.id,
    detail: { method, address: request.ip },
  });
  return started;
}

/** Gives the browser the cookie of a session. */
export function sendSession(
  reply: FastifyReply,
  publicUrl: string,
  { row, secret }: StartedSession,
): void {
  sessionCookie(publicUrl).set(reply, secret, row.expiresAt);
}
