import type { FeedKind } from '../../model/mirror/feed.ts';
import type { Event } from '../events/event-schema.ts';

/** Where a platform can be asked what happened, instead of reading everything again. */
export interface SourceFeeds {
  /** Why this token is not shown everything that happens in the project, as a sentence; `null` if it is. Throws as `ask` does. */
  limits(options: { signal: AbortSignal }): Promise<string | null>;
  /**
   * What happened since the cursor. Asks once, and waits for nothing: a platform that is away fails at once. Throws
   * `TooBusy` if it says when to come back, or `StreamFailure` with a `source_…` code.
   */
  ask(feed: AskedFeed, options: { signal: AbortSignal }): Promise<FeedAnswer>;
}

/** A feed, and what of it is already known. */
export interface AskedFeed {
  kind: FeedKind;
  projectId: string;
  /** The branch of a feed of events; the default branch's id, if it is known, of a feed of jobs. */
  branchId: string | null;
  isDefault: boolean;
  /** What the last answer said; `null` if there was none. */
  cursor: string | null;
  /** Without a cursor: what happened since this time has to be known; `null` if nobody can say since when. */
  since: Date | null;
}

/** What a feed said. */
export interface FeedAnswer {
  /** As somebody would report them, oldest first. Some may be known already. */
  events: Event[];
  /** Where to go on. */
  cursor: string;
  /** Whether there is more to be asked for at once. */
  more: boolean;
  /** Whether something may be missing, so that everything has to be compared. */
  gap: boolean;
}
