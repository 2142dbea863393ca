import { isDeepStrictEqual } from 'node:util';
import { findPerson } from '../../db/access/people.ts';
import { findSession, type Session } from '../../db/access/sessions.ts';
import { findValidToken } from '../../db/access/tokens.ts';
import type { Db } from '../../db/connect.ts';
import type { Topic } from '../../db/news.ts';
import type { ApiDeps } from '../http/deps.ts';
import type { Actor } from '../../model/access/actor.ts';
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

/** The caller who is signed in by a session. */
export async function callerOfSession(db: Db, session: Session): Promise<Caller | null> {
  return callerOfActor(db, session, session.id);
}

/** Whether a caller, who was accepted before, would still be accepted and may do the same. */
export async function isStillAccepted(
  { db, sessionLimits }: Pick<ApiDeps, 'db' | 'sessionLimits'>,
  caller: Caller,
): Promise<boolean> {
  const { sessionId } = caller;
  if (sessionId !== null && (await findSession(db, sessionId, sessionLimits)) === null)
    return false;
  const now = await callerOfActor(db, caller, sessionId);
  return now !== null && isDeepStrictEqual(rightsOf(now), rightsOf(caller));
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
