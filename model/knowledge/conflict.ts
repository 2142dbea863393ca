import type { PartChoice } from './entry.ts';

/** How a person settled a conflict. */
export type Settlement =
  { take: 'git' | 'mine' } | { parts: Record<string, PartChoice> } | { text: string };

/** A conflict that was settled. Both sides are kept, so that it can be settled differently later. */
export interface SettledConflict {
  settlement: Settlement;
  by: string;
  /** ISO 8601 in UTC. */
  at: string;
  /** The save that resulted; `null` if Git's version stayed as it is. */
  saveId: string | null;
}
