const number = (value: number) => value.toLocaleString('en');
const counted = (count: number, one: string, many: string) =>
  `${number(count)} ${count === 1 ? one : many}`;

export const health = {
  title: 'Health',
  period: 'How far back',
  periods: { day: 'Day', week: 'Week', month: 'Month' },
  empty: {
    day: 'Nothing happened in the last 24 hours',
    week: 'Nothing happened in the last 7 days',
    month: 'Nothing happened in the last 30 days',
  },
  emptyHint: 'As soon as changes are delivered, this page shows how long they took.',
  drawing: 'Drawing the charts',
  measures: {
    latency: 'Latency',
    success: 'Success',
    backlog: 'Backlog',
    delivered: 'Delivered',
    retries: 'Retries',
    redactions: 'Left out',
  },
  explained: {
    latency: 'From a change in the project until its commit was read back from the repository',
    success: 'Commits among commits and failed attempts',
    backlog: 'Accepted changes that were not in Git yet, at the end of each time',
    delivered: 'Changes that were delivered',
    retries: 'Attempts to read the project or to deliver that failed; each is made again',
    redactions: 'Values in plain text that should be encrypted, and that commits left out',
  },
  latency: (p50: string, p95: string) => `P95 ${p95}; half within ${p50}`,
  noLatency: 'No change was delivered.',
  success: (share: string, failed: number, attempts: number) =>
    failed === 0
      ? `${share}: no attempt failed`
      : `${share}: ${number(failed)} of ${counted(attempts, 'attempt', 'attempts')} failed`,
  noAttempts: 'Nothing was attempted.',
  backlog: (now: number, most: number) =>
    most === 0
      ? 'Nothing waited for long'
      : `${now === 0 ? 'Nothing waits' : counted(now, 'change waits', 'changes wait')} now; at most ${number(most)} waited`,
  lines: { p95: '95 of 100', p50: 'half' },
  waited: (count: number) => (count === 0 ? 'nothing waited' : `${number(count)} waited`),
  delivered: (changes: number, commits: number) =>
    `${counted(changes, 'change', 'changes')} in ${counted(commits, 'commit', 'commits')}`,
  failed: (count: number) =>
    count === 0 ? 'No attempt failed' : counted(count, 'failed attempt', 'failed attempts'),
  redactions: (count: number) =>
    count === 0 ? 'No value was left out' : `${counted(count, 'value', 'values')} left out`,
  percent: (share: number) => `${Math.floor(share * 1_000) / 10} %`,
  seconds: (seconds: string) => `${seconds} s`,
  none: '–',
  at: (time: string, value: string) => `${time}: ${value}`,
  numbers: 'All numbers as a table',
  columns: {
    time: 'Beginning',
    p50: 'P50',
    p95: 'P95',
    success: 'Success',
    backlog: 'Backlog',
    changes: 'Changes',
    commits: 'Commits',
    retries: 'Failed attempts',
    redactions: 'Left out',
  },
  timesInUtc: 'Days begin at midnight UTC.',
};
