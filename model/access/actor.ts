/**
 * Who did something, as it is stored: the holder of a token, or a person who signed in. Both are
 * `null` for Gitward itself.
 */
export interface Actor {
  tokenId: string | null;
  personId: string | null;
}

/** Gitward itself. */
export const ourselves: Actor = { tokenId: null, personId: null };

/** Whether both are the same token, or the same person. */
export function sameActor(one: Actor, other: Actor): boolean {
  return one.personId === other.personId && one.tokenId === other.tokenId;
}
