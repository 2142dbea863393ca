import { isDeepStrictEqual } from 'node:util';
import { findPerson } from '../../db/access/people.ts';
import { findSession, type Session } from '../../db/access/sessions.ts';
import { findValidToken } from '../../db/access/tokens.ts';
import type { Db } from '../../db/connect.ts';
import type { Topic } from '../../db/news.ts';
import type { Actor } from '../../model/access/actor.ts';
import { ApiProblem } from '../http/problem.ts';
import { recheckIfDue, type RecheckDeps } from './open-id-connect/recheck.ts';
import { callerOfPerson, callerOfToken, type Caller } from './caller.ts';

/** The caller that a token or a person is now; `null` if the token no longer works or the person is disabled. */
export async function callerOfActor(
  db: Db,
  { tokenId, personId }: Actor,
  sessionId: string | null,
): Promise<Caller | null> {
  if (tokenId !== null) {
    const token = await findValidToken(db, tokenId);
    return token && callerOfToken(token, sessionId);
  }
  const person = personId === null ? null : await findPerson(db, personId);
  return person?.disabledAt === null ? callerOfPerson(person, sessionId) : null;
}

/**
 * The caller who is signed in by a session; `null` if it is over. Asks the provider about it if that
 * is due: see {@link recheckIfDue}.
 */
export async function callerOfSession(deps: RecheckDeps, session: Session): Promise<Caller | null> {
  if (!(await recheckIfDue(deps, session))) return null;
  return callerOfActor(deps.db, session, session.id);
}

/** Whether a caller, who was accepted before, would still be accepted and may do the same. */
export async function isStillAccepted(deps: RecheckDeps, caller: Caller): Promise<boolean> {
  const now = await callerNow(deps, caller);
  return now !== null && isDeepStrictEqual(rightsOf(now), rightsOf(caller));
}

async function callerNow(deps: RecheckDeps, caller: Caller): Promise<Caller | null> {
  const { db, sessionLimits } = deps;
  if (caller.sessionId === null) return callerOfActor(db, caller, null);
  const session = await findSession(db, caller.sessionId, sessionLimits);
  try {
    return session && (await callerOfSession(deps, session));
  } catch (error) {
    // The provider does not answer: the next request is told so.
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}

/** What there is news about when a caller may no longer be accepted. */
export function newsOfCaller({ tokenId, personId, sessionId }: Caller): Topic[] {
  return [
    ...(tokenId === null ? [] : [`token/${tokenId}` as const]),
    ...(personId === null ? [] : [`person/${personId}` as const]),
    ...(sessionId === null ? [] : [`session/${sessionId}` as const]),
  ];
}

function rightsOf({ role, projects, spaces }: Caller) {
  return { role, projects, spaces };
}
