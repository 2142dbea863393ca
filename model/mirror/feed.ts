/**
 * A list of what happened, which a platform is asked for news: the events of a branch, or the jobs of a project that
 * ended.
 */
export type FeedKind = 'events' | 'jobs';

/**
 * What became of the last time that a feed was asked. `new`: not yet; `limited`: it shows the token only a part; `refused`: it
 * refuses the token; `missing`: the platform has no such feed; `failing`: something that goes away by itself.
 */
export type FeedState = 'new' | 'works' | 'limited' | 'refused' | 'missing' | 'failing';

/** How asking a feed ended. */
export type FeedOutcome =
  /** `more`: it has more news than one answer holds. */
  | { kind: 'answered'; news: boolean; more: boolean }
  | { kind: 'limited' | 'refused' | 'missing' }
  /** `wait`: for how long it asked to be left alone; `null` if it did not. */
  | { kind: 'failing'; wait: number | null };

const MINUTE = 60_000;

/** A feed without news for this long, in milliseconds, is asked less often. */
export const quietAfter = 24 * 60 * MINUTE;
/** How often, in intervals, so that not all are asked at once. */
const quietTurns = [3, 4, 5];
/** What a person has to change is looked at again after this time, and when the project's token is changed. */
const refusedInterval = 15 * MINUTE;
/** The longest time after which a feed that fails is asked again. */
const failingInterval = MINUTE;
/** Whoever asks for more patience is asked again by then, all the same. */
const longestWait = 60 * MINUTE;

/** How long a feed may fail before its mirrors are compared with the platform as often as those without a feed. */
export const feedPatience = 15 * MINUTE;

/**
 * When to ask a feed again, in milliseconds from the time when it was due. `interval` is the time between two asks; `quietFor` the time since
 * there was news, in milliseconds; `failures` how often in a row it has failed, this time included; `random` is from 0 to 1.
 */
export function askAgainIn(
  outcome: FeedOutcome,
  {
    interval,
    quietFor,
    failures,
    random,
  }: { interval: number; quietFor: number; failures: number; random: number },
): number {
  switch (outcome.kind) {
    case 'answered': {
      if (outcome.more) return 0;
      if (outcome.news || quietFor < quietAfter) return interval;
      return interval * (quietTurns[Math.floor(random * quietTurns.length)] ?? 4);
    }
    case 'failing': {
      // Whoever says when to come back is taken at their word, once.
      if (outcome.wait !== null)
        return Math.max(failures > 1 ? interval : 0, Math.min(outcome.wait, longestWait));
      return Math.max(interval, Math.min(interval * 2 ** (failures - 1), failingInterval));
    }
    case 'limited':
    case 'refused':
    case 'missing':
      return Math.max(interval, refusedInterval);
  }
}

/** Whether, and why not, a mirror hears of changes by itself. */
export interface Watching {
  /**
   * `watching`: changes are seen within seconds; `catch_up`: only by the regular comparison with the platform; `starting`: not known yet.
   */
  state: 'watching' | 'catch_up' | 'starting';
  /** Why it is not `watching`, in a sentence; may contain what the platform said. */
  reason: string | null;
  /** When the platform last answered, ISO 8601 in UTC. */
  answeredAt: string | null;
}
