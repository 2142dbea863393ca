/** `1 file` or `1,234 files`. */
function count(number: number, one: string, many = `${one}s`): string {
  return number === 1 ? `1 ${one}` : `${number.toLocaleString('en')} ${many}`;
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export const settings = {
  title: 'Settings',
  repository: 'Repository',
  url: 'Address of the repository',
  branch: 'Git branch',
  subdirectory: 'Folder in the repository',
  subdirectoryHint: 'Empty: its root.',
  credential: 'Credential',
  noCredential: 'None',
  contents: 'Contents',
  secrets: 'Encrypted values',
  secretKinds: { encrypted: 'As the platform has them', omitted: 'Left out' },
  volatile: 'Also write rows, sizes and times of tables',
  volatileHint: 'They change with every load, and so does the repository.',
  branchPath: "Name of the branch's folder",
  branchPaths: { name: 'The name of the branch', main: 'Always main' },
  samples: 'Samples of tables',
  samplesOn: 'Write the first rows of tables',
  samplesHint: 'Only while the repository is known to be private.',
  rows: 'Rows of a table, at most',
  formats: 'Formats',
  maxBytes: 'Bytes of a file, at most',
  refresh: 'Read again',
  refreshHint: 'change: whenever a table has changed. 6h or 7d: not more often than that.',
  exclude: 'Tables that are left out',
  excludeHint: 'Ids of tables; * is any text.',
  excludeMetadata: 'Metadata of tables that are left out',
  excludeMetadataHint: 'A key, or key=value.',
  personalDataTags: 'Words that mark personal data',
  personalDataHint: 'Tables with such metadata are left out.',
  masked: 'Columns that are not read',
  maskedHint: 'in.c-crm.*:email, or *email* in any table.',
  runs: 'Job runs',
  runsOn: 'Write job runs',
  include: 'Which runs',
  includes: {
    all: 'All runs',
    failures: 'Failures only',
    latest: 'The latest of each configuration',
  },
  retainDays: 'Days they are kept',
  backfillDays: 'Days to look back at first',
  branches: 'Development branches',
  link: 'Link automatically',
  linkHint: 'Names of new branches: * is any text, ? is any character.',
  gitBranch: 'Names of their Git branches',
  gitBranchHint: '{branch} is the name of the branch, {id} its id.',
  onlyOnMain: 'Branches are linked by the settings of the default branch.',
  wouldLink: (names: string[]) => `These would be linked: ${names.join(', ')}.`,
  wouldLinkNone: 'No branch without a mirror has such a name.',
  notices: 'Notices',
  emails: 'E-mail addresses',
  emailsHint: 'They are told of outages. Press Enter after each address.',
  check: 'See what will happen',
  checking: 'The project is read and compared with the repository. This may take a minute.',
  discard: 'Discard changes',
  saved: 'The settings were saved.',
  willHappen: 'What will happen',
  save: 'Save these settings',
  adopt: 'Replace and remove the files that are in the way',
  unreachable: (why: string) => `The repository cannot be reached. ${why}`.trim(),
  mayNotPush: (why: string) => `It is not sure that the credential may push. ${why}`.trim(),
  protected: 'The host protects the Git branch against pushes.',
  nothingWritten: 'No file is written or removed.',
  moves: 'The mirror starts anew at the new place. What it wrote before stays where it is.',
  adoption: 'Files are in the way at the new place.',
  notKnown: 'It could not be found out which files change.',
  noFileChanges: 'Everything is rendered anew, and no file differs.',
  /** `212 files will be rewritten, 3 added and 1 removed by one commit.` */
  files: (what: { rewritten: number; added: number; removed: number }) => {
    const [first = '', ...others] = Object.entries(what)
      .filter(([, number]) => number > 0)
      .map(([word, number], at) =>
        at === 0
          ? `${count(number, 'file')} will be ${word}`
          : `${number.toLocaleString('en')} ${word}`,
      );
    return `${list.format([first, ...others])} by one commit.`;
  },
  removedRuns: (number: number) =>
    `Of the removed ones, ${count(number, 'is a job run', 'are job runs')}.`,
  removedSamples: (number: number) =>
    `Of the removed ones, ${count(number, 'is a sample', 'are samples')}.`,
  sampled: (number: number) =>
    `Samples of ${count(number, 'table')} will be read, and written with that commit.`,
  pathsOf: { adds: 'Added', replaces: 'Rewritten', removes: 'Removed' },
  morePaths: (number: number) => `and ${number.toLocaleString('en')} more`,
  conflictTitle: 'Somebody else has changed the settings',
  conflict: 'Your changes are still here. Look at what would happen again: saving replaces theirs.',
  takeTheirs: 'Discard mine, show theirs',
  goOn: 'Keep mine',
  leave: {
    title: 'Leave without saving?',
    text: 'Your changes to the settings are not saved.',
    action: 'Leave',
  },
  allBranches: 'All branches',
  branchName: 'Branch',
  mirror: 'Mirror',
  inGit: 'Git branch',
  isDefault: 'default',
  ended: { merged: 'Ended: it was merged', deleted: 'Ended: it was deleted', disabled: 'Ended' },
  linkedSoon: 'None yet: it is linked with the next look at the branches',
  noPattern: 'None: no pattern has its name',
  enable: (name: string) => `Enable a mirror of ${name}`,
  enableShort: 'Enable',
};
