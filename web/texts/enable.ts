const many = (count: number, one: string, more: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${more}`;

export const enable = {
  title: 'Enable a mirror',
  detail: 'Every change of the project becomes a commit in the repository.',
  onlyAdmins:
    'Only an admin can enable a mirror, because it needs the token of a project and a credential of a repository. Ask one of them.',
  steps: {
    project: 'Project',
    repository: 'Repository',
    contents: 'What is written',
    preview: 'Look and enable',
  },
  stepOf: (at: number, of: number, name: string) => `Step ${at} of ${of}: ${name}`,
  progress: 'Steps',
  next: 'Next',
  back: 'Back',
  check: 'Check',
  anyway: 'Continue anyway',
  enable: 'Enable the mirror',
  enabled: (name: string) => `The mirror of ${name} is enabled. Its first commit is on its way.`,

  project: {
    title: 'Which project?',
    which: 'Project',
    known: 'One that is here already',
    new: 'A new one',
    choose: 'Choose a project',
    platform: 'Platform',
    id: 'Id',
    idHint: 'Choose one: a name in lower case, such as shop. It cannot be changed later.',
    url: 'Address',
    urlExample: 'https://connection.keboola.com',
    token: 'Token',
    tokenHint:
      'It is stored sealed and never shown again. A token that can read all of the project is enough.',
    opens: (id: string, name: string, branches: number) =>
      `This is project ${id}, ${name}, with ${many(branches, 'branch', 'branches')}.`,
    isKnown: 'It is here already. Its stored token is kept.',
    branch: 'Branch of the project',
    branchHint: 'The default branch is what runs in production.',
    isDefault: (name: string) => `${name} (default)`,
    hasMirror: (name: string) => `${name} (has a mirror)`,
    allMirrored: 'Every branch of this project has a mirror already.',
    moreBranches: (count: number) =>
      `${count.toLocaleString('en')} more branches are not listed here.`,
  },

  repository: {
    title: 'Where are the commits pushed to?',
    url: 'Address of the repository',
    urlExample: 'https://github.com/team/mirror.git',
    urlHint: 'An empty repository is best. Make one at your Git host first.',
    branch: 'Git branch',
    branchHint: 'It is made if it does not exist.',
    folder: 'Folder',
    folderHint: 'Leave it empty to write at the top.',
    credential: 'Credential',
    credentialHint: 'What Gitward pushes with. Only those for this host are listed.',
    none: 'None',
    new: 'Add a new one…',
    name: 'Name of the credential',
    username: 'User name',
    usernameHint: 'Most hosts accept any. Leave it empty unless yours asks for one.',
    token: 'Token of the Git host',
    tokenHint:
      'It needs the right to write to the repository. It is stored sealed and never shown again.',
    tokenAgain: 'The token was not kept. Give it again.',
    found: 'What was found',
    levels: { good: 'Good', note: 'Note', bad: 'Problem' },
  },

  findings: {
    reachable: 'The repository can be reached.',
    empty: 'It is empty, as it should be.',
    newBranch: (branch: string) =>
      `Its branch ${branch} does not exist yet. The first commit makes it.`,
    hasBranch: (branch: string, tip: string) => `Its branch ${branch} exists, at commit ${tip}.`,
    mayPush: 'The credential may push to it.',
    mayNotPush: (reason: string) => `Gitward may not push to it. ${reason}`,
    pushUnknown: (reason: string) => `Whether Gitward may push is not known. ${reason}`,
    protected: (branch: string) =>
      `The host protects the branch ${branch}. Allow Gitward’s account to push to it.`,
    private: (reason: string) => `Only those who were given access can read it. ${reason}`,
    public: (reason: string) =>
      `Anybody can read what is written there. ${reason} Sample rows of tables are never sent to such a repository.`,
    visibilityUnknown: (reason: string) =>
      `Who can read it is not known, so no sample rows are sent there. ${reason}`,
  },

  contents: {
    title: 'What is written there?',
    always:
      'Configurations, their code, and the list of tables with their columns are always written.',
    secrets: 'Secrets in configurations',
    secretsChoices: {
      encrypted: 'Keep what the platform has encrypted',
      omitted: 'Leave them out',
    },
    secretsHint: {
      encrypted:
        'Only the platform can decrypt it, so configurations can be restored. Unencrypted secrets are always left out.',
      omitted:
        'Not even encrypted text is written. A restored configuration then needs its secrets again.',
    },
    samples: 'Sample rows of tables',
    samplesHint:
      'The first rows of each table, to see what is in it. They may contain personal data.',
    samplesPublic:
      'They are sent only while the repository is known to be private, which this one is not.',
    rows: 'Rows of each table',
    jobs: 'Runs of jobs',
    jobsHint: 'What ran when, and with which error. It begins with the runs of the last 7 days.',
    retainDays: 'Keep runs for this many days',
    emails: 'Who is told when it needs somebody',
    emailsHint: 'E-mail addresses. Type one and press Enter.',
    emailsExample: 'you@example.com',
  },

  preview: {
    title: 'This is what the first commit does',
    reading: 'Reading the project and the repository. This can take a minute for a large project.',
    contents: 'What the project has',
    objects: (count: number, word: string) => many(count, word, plural(word)),
    of: (kind: string) => `of ${kind}`,
    moreKinds: (count: number) => `and ${many(count, 'more kind', 'more kinds')}`,
    tables: (count: number) => many(count, 'table', 'tables'),
    unread: 'The project could not be read, so that what would be written is not known.',
    commit: 'What it writes',
    files: (count: number, size: string) => `${many(count, 'file', 'files')}, ${size}`,
    adds: (count: number) => `${many(count, 'file', 'files')} added`,
    replaces: (count: number) => `${many(count, 'file', 'files')} replaced`,
    removes: (count: number) => `${many(count, 'file', 'files')} removed`,
    unchanged: (count: number) =>
      count === 1
        ? '1 file is there already'
        : `${count.toLocaleString('en')} files are there already`,
    leftOut: (count: number) =>
      `${many(count, 'unencrypted secret', 'unencrypted secrets')} left out`,
    warnings: (count: number) => many(count, 'warning', 'warnings'),
    morePaths: (count: number) => `and ${count.toLocaleString('en')} more`,
    after: {
      both: 'Sample rows and runs of jobs are read after that, and follow in commits of their own.',
      samples: 'Sample rows are read after that, and follow in commits of their own.',
      jobs: 'Runs of jobs are read after that, and follow in commits of their own.',
    },
    adoptTitle: 'There are files that Gitward did not write',
    adoptText:
      'They are in the folders that a mirror writes. Enabling it replaces or removes those that are listed above. Git keeps their history.',
    adopt: 'I have looked at them. The mirror may replace and remove them.',
    adoptNeeded: 'Say first that the mirror may replace them.',
    place: (url: string, branch: string, folder: string) =>
      `${url}, branch ${branch}${folder === '' ? '' : `, folder ${folder}`}`,
  },
};

function plural(word: string): string {
  return word.endsWith('s') || word.endsWith('code') ? word : `${word}s`;
}
