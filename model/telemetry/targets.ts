/**
 * What is promised of an installation, and where its alerts begin: `ops/prometheus/rules.yml`, the dashboards and the page
 * Health say the same. Times are seconds, shares are from 0 to 1.
 */
export const targets = {
  /** From a change's own time to the read-back of its push, of half of the changes, and of 95 of 100. */
  latencyP50: 30,
  latencyP95: 120,
  /** Of the attempts to deliver in an hour, those that succeed. */
  exportSuccess: 0.98,
  /** Of the outages of seven days, those that end within three hours. */
  outagesInTime: 0.99,
  /** Outages that admins were told of and that last. */
  escalations: 0,
  /** What waits in one queue. */
  backlog: 200,
  /** How long the oldest change of a mirror waits. */
  oldestWaiting: 900,
  /** How long ago housekeeping last ended without a failure: it runs every hour. */
  housekeepingAge: 172_800,
  /** Of the mirrors with a public repository, those without samples. */
  publicWithoutSamples: 1,
} as const;
