import type { SeenUses } from '../../../db/streams/credential-uses.ts';
import type { Caller } from '../../access/caller.ts';
import { seenSpaces } from '../../knowledge/spaces/space-access.ts';

/** The uses of credentials that a caller may see. */
export function usesSeen(caller: Caller): SeenUses {
  return { projects: caller.projects, spaces: seenSpaces(caller) };
}
