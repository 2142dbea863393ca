import type { SpaceGrant } from '../knowledge/space.ts';
import type { Role } from './roles.ts';

/** What somebody may do. */
export interface Grants {
  role: Role;
  /** The project ids that they may see; `null` means all. */
  projects: string[] | null;
  /** What they may do in which spaces; `null` means their role in all of them. */
  spaces: SpaceGrant[] | null;
}

/** What is said of a person, by an admin or by their provider. */
export interface PersonFacts extends Grants {
  name: string;
  email: string | null;
}
