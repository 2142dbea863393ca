import type { PartChoice } from './entry.ts';

/**
 * Why somebody has to decide. `clash`: a save and a commit changed the same thing. `lost`: the save was in the branch, and
 * whoever rewrote that dropped it.
 */
export type ConflictCause = 'clash' | 'lost';

/** How a conflict was settled. */
export type Settlement =
  { take: 'git' | 'mine' } | { parts: Record<string, PartChoice> } | { text: string };

/** A conflict that was settled. Both sides are kept, so that it can be settled differently later. */
export interface SettledConflict {
  settlement: Settlement;
  /** The person's name; Gitward's if the sides fit again. */
  by: string;
  /** ISO 8601 in UTC. */
  at: string;
  /** The save that resulted; `null` if Git's version stayed as it is. */
  saveId: string | null;
}
