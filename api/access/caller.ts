import type { PersonRow } from '../../db/access/people.ts';
import type { Token } from '../../db/access/tokens.ts';
import type { Actor } from '../../model/access/actor.ts';
import type { Role } from '../../model/access/roles.ts';
import type { SpaceGrant } from '../../model/knowledge/space.ts';

/** Who makes a request, and what they may do. */
export interface Caller extends Actor {
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

/** What a caller may see. */
export type Sight = Pick<Caller, 'role' | 'projects' | 'spaces'>;

/** The sight of who may see all projects and spaces. */
export const everything: Sight = { role: 'reader', projects: null, spaces: null };

/** The caller that sends this token, or whose session was started with it. */
export function callerOfToken(token: Token, sessionId: string | null = null): Caller {
  const { id, kind, name, email, role, projects, spaces, expiresAt } = token;
  const ids = { id, tokenId: id, personId: null, sessionId };
  return { ...ids, kind, name, email, role, projects, spaces, expiresAt };
}

/** The caller who is signed in as this person. */
export function callerOfPerson(person: PersonRow, sessionId: string | null): Caller {
  const { id, name, email, role, projects, spaces } = person;
  const ids = { id, tokenId: null, personId: id, sessionId };
  return { ...ids, kind: 'person', name, email, role, projects, spaces, expiresAt: null };
}

/** The caller in a message for them: a token by its name, which may be all that they know of it. */
export function callerName({ tokenId, name }: Caller): string {
  return tokenId === null ? name : `the token "${name}"`;
}

/** Whether the caller may see the project. */
export function seesProject({ projects }: Caller, projectId: string): boolean {
  return projects === null || projects.includes(projectId);
}
