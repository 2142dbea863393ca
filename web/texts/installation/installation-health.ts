const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const installationHealth = {
  title: 'Health',
  read: 'Read',
  renewed: 'renewed each minute while this page is open',
  staleTitle: 'These figures are old',
  stale:
    'The database could not be read when it was time. What is below was true when it was read last. If this stays, run “gitward doctor”.',
  alerts: 'Is anything wrong?',
  noneWrong: 'Nothing is wrong: all that alerts watch is as it should be.',
  someWrong: (count: number) =>
    count === 1
      ? '1 thing is not as it should be.'
      : `${count.toLocaleString('en')} things are not as they should be.`,
  fine: 'All well',
  who: 'Who notices',
  toDo: 'What to do',
  lasting: (minutes: number) =>
    `Prometheus tells of it when it has lasted for ${counted(minutes, 'minute', 'minutes')}.`,
  runbook: 'More in the runbook:',
  affected: 'Who is affected',
  nobodyAffected: 'No mirror or space fails, and no change waits for more than 5 minutes.',
  affectedCount: (shown: number, count: number) =>
    shown < count
      ? `The worst ${shown} of ${count.toLocaleString('en')} mirrors and spaces that fail, or whose changes wait for more than 5 minutes.`
      : 'Mirrors and spaces that fail, or whose changes wait for more than 5 minutes, the worst first.',
  columns: { name: 'Name', state: 'State', reason: 'Why', waits: 'Waits' },
  waiting: (count: number) => `${count.toLocaleString('en')} waiting, since`,
  sections: {
    adoption: 'Adoption',
    reliability: 'Latency and reliability',
    security: 'Security',
    ai: 'AI consumption',
  },
  sectionList: 'What is shown',
  figures: 'Figures',
  target: {
    at_least: (text: string) => `Target: at least ${text}`,
    at_most: (text: string) => `Target: at most ${text}`,
  },
  met: 'met',
  missed: 'missed',
  nothing: 'Nothing yet',
  notKnown: 'What is not shown here',
  trendTitle: 'The last 28 days',
  noTrend: 'What was done in the last 28 days could not be read yet. It is tried again by itself.',
  staleTrend: 'What was done on each day was read',
  measures: {
    weeks: 'Commits a week',
    commits: 'Commits a day',
    latency: 'Latency a day',
    attempts: 'Attempts a day',
    redactions: 'Secrets left out a day',
  },
  explained: {
    weeks: 'Commits of mirrors, in the four weeks until now',
    commits: 'Commits of mirrors; days begin at midnight UTC',
    latency: 'From a change in its project until its commit was read back from the repository',
    attempts: 'Attempts to bring something to Git; red are those that failed and were made again',
    redactions: 'Values in plain text that should be encrypted, and that commits left out',
  },
  lines: { p50: 'Half of the changes', p95: '95 of 100' },
  attemptLines: { all: 'Succeeded', failed: 'Failed' },
  commits: (count: number) => counted(count, 'commit', 'commits'),
  noLatency: 'No change was delivered',
  latency: (p50: string, p95: string) => `95 of 100 within ${p95}; half within ${p50}`,
  attempts: (succeeded: number, failed: number) =>
    `${succeeded.toLocaleString('en')} succeeded, ${failed.toLocaleString('en')} failed`,
  redactions: (count: number) => `${counted(count, 'value', 'values')} left out`,
  week: (from: string, to: string) => `${from} to ${to}`,
};
