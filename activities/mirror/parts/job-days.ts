const day = 86_400_000;
/** How long after midnight a day counts as over: runs are reported a little after they end. */
const grace = 60 * 60_000;

/** The beginning of the UTC day. */
export function startOfDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / day) * day);
}

/**
 * Runs that finished before this time are too old. It moves at midnight (UTC), so that a quiet mirror
 * makes one commit a day for the runs that are removed, and not one every few minutes.
 */
export function retentionStart(asOf: Date, retainDays: number): Date {
  return new Date(startOfDay(asOf).getTime() - retainDays * day);
}

/** The first day (`2026-01-31`) that is not over yet. */
export function firstOpenDay(asOf: Date): string {
  return new Date(asOf.getTime() - grace).toISOString().slice(0, 10);
}
