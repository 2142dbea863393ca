export const mirror = {
  title: (project: string) => project,
  pages: 'Pages of this mirror',
  status: 'Status',
  of: (project: string, branch: string) => `Project ${project}, branch ${branch}`,
  look: 'How it is',
  since: 'Since',
  next: 'What happens next',
  nextOf: {
    ended: 'Nothing.',
    paused: 'Changes are accepted, and wait until it is resumed.',
    held: 'Nothing is written until somebody decides. Changes are accepted, and wait.',
    escalated: 'It is tried again every few minutes. Changes are accepted, and wait.',
    retrying:
      'It is tried again every few minutes, and admins are told if it lasts. Nothing is lost.',
    initializing: 'The first commit is made, pushed and read back.',
    syncing: 'The commit is pushed and read back.',
    pending: 'After half a minute, all that has come until then becomes one commit.',
    synced: 'The next change in the project becomes a commit.',
  },
  toDo: 'What you can do',
  toDoOf: {
    ended: 'Enable it again if it should go on.',
    paused: 'Resume it once the reason is gone. The timeline says when it was paused.',
    held: 'Look at what was found below. Accept it, or put right what is wrong there and try again.',
    escalated: 'Mend the cause, then “Try again now”.',
    retrying: 'Mend the cause if it is yours, then “Try again now”. Otherwise wait.',
    initializing: 'Nothing.',
    syncing: 'Nothing.',
    pending: 'Nothing. “Send now” does not wait.',
    synced: 'Nothing. “Send now” looks for changes at once.',
  },
  oldest: 'The oldest that waits came',
  workflow: 'The workflow in Temporal',
  atHost: 'The repository at its host',
  place: 'Where it goes',
  waiting: 'What waits',
  nothingWaits: 'Nothing waits: every change that was accepted is in Git.',
  changeTypes: {
    config_changed: 'Configuration',
    job_finished: 'Job',
    storage_changed: 'Storage',
    branch_changed: 'Branch',
  },
  secrets: 'Secrets',
  secretKinds: { encrypted: 'Encrypted, as the platform has them', omitted: 'Left out' },
  samples: 'Samples',
  jobs: 'Job runs',
  jobsKept: (days: number) => `Kept for ${days} days`,
  jobsOff: 'Not written',
  include: {
    all: 'all runs',
    failures: 'failures only',
    latest: 'the latest of each configuration',
  },
  linked: 'Linked branches',
  warnings: 'Warnings',
  refused: (count: number) =>
    count === 1
      ? 'The host refuses a file, which stays as it was. It comes once it was corrected; if the host’s rules were changed, try again.'
      : `The host refuses ${count.toLocaleString('en')} files, which stay as they were. They come once they were corrected; if the host’s rules were changed, try again.`,
  replaced: (count: number) =>
    count === 1 ? '1 secret was replaced.' : `${count.toLocaleString('en')} secrets were replaced.`,
  verification: 'Does Git equal the source?',
  verify: 'Compare now',
  verifyAsked: 'It is being compared. This may take a minute.',
  never: 'It was not compared yet. It is once a day.',
  equal: (files: number) => `Yes: all ${files.toLocaleString('en')} files are equal.`,
  differs: (count: number) =>
    count === 1 ? 'No: one file differs.' : `No: ${count.toLocaleString('en')} files differ.`,
  unsettled: 'There is no verdict: the project kept changing while it was compared.',
  noVerdict: 'There is no verdict',
  differences: {
    missing: 'Git does not have it',
    different: 'Git has something else',
    unexpected: 'only Git has it',
  },
  differing: 'What differs',
  moreDifferences: (count: number) => `${count.toLocaleString('en')} more are not listed.`,
  sides: 'Lines with − are what the source makes, those with + what Git has.',
  leftOut: {
    not_kept:
      'What the source makes is not kept: only that of the first 20 files of up to 64 KiB is, and none of job runs and samples. This is what Git has.',
    gone: 'The branch no longer has the commit that was compared. This is what the source makes.',
    too_large: 'One side is too large to be shown.',
    not_text: 'One side is no text.',
  },
  progress: {
    label: 'What is being done',
    amount: (done: number, total: number | null) =>
      total === null
        ? `${done.toLocaleString('en')} so far`
        : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`,
    began: 'Began',
  },
  resync: 'The whole tree is rendered next time',
  end: 'End the mirror',
  endQuestion: {
    title: 'End this mirror?',
    text: 'Nothing is sent any more, and what waits is not sent either. The repository stays as it is.',
    action: 'End the mirror',
  },
  endedDone: 'The mirror has ended.',
  endedBecause: {
    disabled: 'because somebody ended it',
    merged: 'because the branch was merged',
    deleted: 'because the branch was deleted',
  },
};
