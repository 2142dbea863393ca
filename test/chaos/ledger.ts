import type { Event } from '../../platforms/events/event-schema.ts';
import type { Product } from './plan/actions.ts';

/** What the API has said to something that was sent: nobody knows if there was no answer. */
export type Answer = 'accepted' | 'unknown';

/** A change that was made in the platform and reported. */
export interface ReportedChange {
  event: Event;
  /** The description that it writes; `null` if it changes something else. */
  mark: string | null;
  /** `unknown` until the event was accepted: it is sent again until then. */
  answer: Answer;
  /** Whether a restore may have lost it: it was sent after the copy was begun. */
  mayBeLost: boolean;
  /** Whether a restore has lost what was known of its commit: then a later one, which has it too, may be named. */
  mayBeNamedLater: boolean;
}

/** A line that a person added to an entry. */
export interface Save {
  mark: string;
  person: string;
  entry: string;
  answer: Answer;
  /** Whether a restore may have lost it: it was sent after the copy was begun. */
  mayBeLost: boolean;
  /** Whether a restore has lost it. */
  isLost: boolean;
  /** Whether it was saved on what a restore had put back, while the branch had more: only then may it clash. */
  mayClash: boolean;
  /** Whether a person was shown it beside what Git has: the other way not to be lost. */
  inConflict: boolean;
}

/** A commit that is not ours. */
export interface ForeignCommit {
  to: Product;
  sha: string;
  /** The file that it wrote, which is nobody's but its author's, and its content. */
  path: string;
  text: string;
}

/** Everything that was said and done in the rounds of a run, as those see it who did it. */
export class Ledger {
  readonly changes: ReportedChange[] = [];
  readonly saves: Save[] = [];
  readonly foreign: ForeignCommit[] = [];
  /** What only the platform knows: it was not reported, or nobody knows whether it was made. */
  untold = 0;
  /** Whether there is a copy of the database that will be put back: what is accepted now may be lost then. */
  isCopied = false;
  /** Whether a copy was put back in this round. */
  wasRestored = false;

  /** What was restored before is settled. */
  beginRound(): void {
    this.wasRestored = false;
  }
}
