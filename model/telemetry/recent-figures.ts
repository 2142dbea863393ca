import type { StreamId } from '../streams/ids.ts';

/**
 * What the database says of the present and of the last day, where metrics have it only from the memory of processes; and
 * who is affected. All of the whole installation.
 */
export interface RecentFigures {
  /** From a change's own time in the source to the read-back of its push. */
  latency: { fiveMinutes: Percentiles; day: Percentiles };
  /** From the close of a mirror's window to the read-back of the push, in the last day. */
  delivery: Percentiles;
  /** From accepting a save of a space to the read-back of its push, in the last day. */
  saves: Percentiles;
  /** Attempts to deliver that failed in the last day. */
  failedAttempts: number;
  /** Outages of repositories that ended in the last day, after they had lasted. */
  outagesEnded: number;
  /** Outages that last, of any kind. */
  outagesOpen: number;
  /** Credentials that got another secret in the last 30 days. */
  rotations: number;
  /** Tokens of agents that work, and those of them that were used in the last seven days. */
  agentTokens: { active: number; used: number };
  affected: Affected;
}

/** How long something took, in seconds: what half of them, and 95 of 100, took at most; `null` if there were none. */
export interface Percentiles {
  count: number;
  p50: number | null;
  p95: number | null;
}

/** The mirrors and spaces that fail, or whose changes wait for long; not those that are paused. */
export interface Affected {
  count: number;
  /** Of these, mirrors whose oldest change waits longer than is promised. */
  stale: number;
  /** The worst of them, at most 20. */
  worst: StreamId[];
}

/** What an installation did on a day. Latencies are seconds. */
export interface DayFigures {
  /** When it began. */
  from: Date;
  /** Commits of mirrors. */
  commits: number;
  /** Changes of mirrors that were delivered. */
  changes: number;
  p50: number | null;
  p95: number | null;
  /** Attempts to deliver, of mirrors and spaces. */
  succeeded: number;
  failed: number;
  /** Values in plain text that commits of mirrors left out. */
  redactions: number;
}

const day = 86_400_000;

/** The beginnings of so many days in UTC, oldest first; the last one is that of `now`. */
export function lastDays(count: number, now: Date): Date[] {
  const last = Math.floor(now.getTime() / day) * day;
  return Array.from({ length: count }, (_, at) => new Date(last - (count - 1 - at) * day));
}
