import type { Role } from '../access/roles.ts';

/** Where a space's entries are. */
export interface SpaceRepository {
  url: string;
  branch: string;
  credentialId: string | null;
}

/** What a space is allowed, and what it is to do. */
export interface SpaceRules {
  /** Kinds with data of persons that may be written although anybody can read the repository: an admin's word. */
  publicKinds: string[];
  /** Whether an index file a kind is committed along (`<root>/.index/<folder>.json`). */
  index: boolean;
  notify: { emails: string[] };
}

/** How the host of a space's repository signs what it posts. */
export type WebhookScheme = 'github' | 'gitlab' | 'gitea';

/** The schemes, as they are listed in schemas. */
export const webhookSchemes = ['github', 'gitlab', 'gitea'] as const satisfies WebhookScheme[];

/** What a token may do in a space. */
export interface SpaceGrant {
  /** A space's id. */
  space: string;
  /** The kinds that it is of; `null` is all. */
  kinds: string[] | null;
  /** At most this; it never lifts a token above its own role. */
  role: Role;
}
