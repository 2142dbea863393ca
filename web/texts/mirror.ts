export const mirror = {
  title: (project: string) => project,
  pages: 'Pages of this mirror',
  status: 'Status',
  of: (project: string, branch: string) => `Project ${project}, branch ${branch}`,
  waiting: 'What waits',
  nothingWaits: 'Nothing waits: every change that was accepted is in Git.',
  commits: 'Commits',
  noCommits: 'There is no commit yet.',
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
