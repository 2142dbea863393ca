import { isTokenValid, type Token } from '../../db/access/tokens.ts';
import type { Db } from '../../db/connect.ts';
import type { Topic } from '../../db/news.ts';
import type { Role } from '../../model/access/roles.ts';
import type { SpaceGrant } from '../../model/knowledge/space.ts';

/** Who makes a request, and what they may do. */
export interface Caller {
  kind: 'person' | 'machine';
  /** What limits, streams and operations count by: the same for all requests of this caller. */
  id: string;
  /** The token that was used, or that a session was started with. */
  tokenId: string | null;
  /** The person who is signed in; `null` for the holder of a token. */
  personId: string | null;
  /** The session of the browser; `null` for a bearer token. */
  sessionId: string | null;
  name: string;
  email: string | null;
  role: Role;
  /** The project ids that the caller may see; `null` means all. */
  projects: string[] | null;
  /** What the caller may do in which spaces; `null` means their role in all of them. */
  spaces: SpaceGrant[] | null;
  /** When the token stops working; `null`: never. */
  expiresAt: Date | null;
}

/** The caller that sends this token. */
export function callerOfToken(token: Token): Caller {
  const { id, kind, name, email, role, projects, spaces, expiresAt } = token;
  const ids = { id, tokenId: id, personId: null, sessionId: null };
  return { ...ids, kind, name, email, role, projects, spaces, expiresAt };
}

/** The caller in a message for them: a token by its name, which may be all that they know of it. */
export function callerName({ tokenId, name }: Caller): string {
  return tokenId === null ? name : `the token "${name}"`;
}

/** Whether a caller, who was accepted before, would still be accepted. */
export async function isStillAccepted(db: Db, { tokenId }: Caller): Promise<boolean> {
  return tokenId !== null && (await isTokenValid(db, tokenId));
}

/** What there is news about when a caller may no longer be accepted. */
export function newsOfCaller({ tokenId }: Caller): Topic[] {
  return tokenId === null ? [] : [`token/${tokenId}`];
}

/** Whether the caller may see the project. */
export function seesProject({ projects }: Caller, projectId: string): boolean {
  return projects === null || projects.includes(projectId);
}
