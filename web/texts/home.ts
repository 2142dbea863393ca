export const home = {
  title: 'Overview',
  filter: 'Filter by name, project, repository…',
  show: 'Which are shown',
  all: 'All',
  attention: 'Need attention',
  working: 'At work',
  inStep: 'In step',
  mirrors: 'Mirrors',
  spaces: 'Spaces',
  waiting: (count: number) =>
    count === 1 ? '1 change waits' : `${count.toLocaleString('en')} changes wait`,
  oldest: (ago: string) => `the oldest came ${ago}`,
  trend: (commits: number, failed: number) =>
    `In the last 24 hours: ${commits.toLocaleString('en')} ${commits === 1 ? 'commit' : 'commits'}` +
    (failed === 0
      ? ''
      : ` and ${failed.toLocaleString('en')} failed ${failed === 1 ? 'attempt' : 'attempts'}`),
  lastCommit: 'Last commit',
  noCommit: 'No commit yet',
  allWell: 'Everything is in step.',
  someIll: (count: number) =>
    count === 1 ? 'One needs attention.' : `${count.toLocaleString('en')} need attention.`,
  nothingMatches: 'Nothing matches these filters.',
  clearFilters: 'Clear the filters',
  emptyTitle: 'Nothing is mirrored yet',
  empty:
    'A mirror copies a project of your data platform to a Git repository: every change becomes a commit with its author and time. ' +
    'Add the project and a credential for the repository, look at what would be written, then enable it.',
  emptyReader: 'As soon as an operator enables a mirror that you may see, it appears here.',
  commands: [
    'npx gitward projects add <project> --source <url>',
    'npx gitward credentials add <name> --origin <https://host>',
    'npx gitward mirrors enable <project> default --repository <url> --credential <name>',
  ],
};
