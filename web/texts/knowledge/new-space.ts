/** Texts of adding a space, step by step. */
export const newSpace = {
  title: 'Add a knowledge space',
  detail: 'A folder of a Git repository that people edit here, without learning Git.',
  button: 'Add a space',
  onlyAdmins:
    'Only an admin can add a space, because it needs a credential of a repository. Ask one of them.',
  steps: { repository: 'Repository', space: 'The space', webhook: 'Webhook' },
  stepOf: (at: number, of: number, name: string) => `Step ${at} of ${of}: ${name}`,
  next: 'Next',
  check: 'Check',
  anyway: 'Continue anyway',
  repository: {
    title: 'Where are the entries?',
    url: 'Address of the repository',
    urlHint: 'One with Markdown files, or an empty one. Make it at your Git host first.',
    urlExample: 'https://github.com/team/knowledge.git',
    branch: 'Branch',
    branchHint: 'What people save becomes commits on it.',
    root: 'Folder',
    rootHint: 'Only files in it are entries. Empty: the whole repository.',
    credential: 'Credential',
    username: 'User name',
    reachable: 'The repository can be reached.',
    empty: 'It is empty. What people save is its first commit.',
    hasBranch: (branch: string, tip: string) => `Its branch ${branch} is at commit ${tip}.`,
    newBranch: (branch: string) =>
      `Its branch ${branch} does not exist yet. The first save makes it.`,
    public: (reason: string) =>
      `Anybody can read what is written there. ${reason} Kinds with personal data, such as customers, are not sent to it.`,
    visibilityUnknown: (reason: string) =>
      `Who can read it is not known. ${reason} Kinds with personal data, such as customers, are not sent there.`,
    protected: (branch: string) =>
      `The host protects the branch ${branch}: every save becomes a pull request that others merge.`,
  },
  space: {
    title: 'What is it called?',
    name: 'Name',
    nameHint: 'What people see, such as “Sales knowledge”.',
    id: 'Id',
    idHint: 'Part of its addresses. It cannot be changed later.',
    index: 'Commit a file that lists the entries of each kind',
    indexHint: 'For programs that only read the repository.',
    emails: 'Who is told when it needs somebody',
    emailsHint: 'E-mail addresses. Type one and press Enter. Without any, the admins are told.',
    add: 'Add the space',
  },
  added: (name: string) => `The space ${name} was added. Its files are being read.`,
  webhook: {
    title: 'How does Gitward hear of a push?',
    done: 'Open the space',
    later: 'Later',
  },
};
