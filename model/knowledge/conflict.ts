import type { PartChoice } from './entry.ts';

/** What was said of a conflict. */
export type Settlement =
  { take: 'git' | 'mine' } | { parts: Record<string, PartChoice> } | { text: string };

/** A conflict that was settled; both sides are kept, so that it can be settled another way. */
export interface SettledConflict {
  settlement: Settlement;
  by: string;
  /** ISO 8601 in UTC. */
  at: string;
  /** The save that it became; `null` where Git's version stayed as it is. */
  saveId: string | null;
}
