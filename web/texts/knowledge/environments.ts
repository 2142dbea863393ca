const many = (count: number, one: string, more: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${more}`;

/** Texts of environments: names for versions, such as production. */
export const environments = {
  title: 'Environments',
  detail: 'Names for versions. Who reads by such a name gets the version that it points at.',
  none: 'No environment yet',
  noneHint:
    'An environment, such as production, keeps a version for those who use it, while you go on writing.',
  latest: 'Now',
  protected: 'Protected',
  protectedMeans: 'Somebody else has to approve each change of it.',
  requireChecks: 'Checks required',
  requireChecksMeans: 'A version of a prompt gets in when its examples have passed.',
  broken: 'Nothing can be read by it',

  name: 'Environment',
  file: 'Its file',
  pointsAt: 'Points at',
  ref: (ref: string) => `the newest commit of ${ref}`,
  commit: (commit: string) => `commit ${commit}`,
  present: 'what is here now',
  own: (count: number) => many(count, 'entry of its own', 'entries of their own'),
  ownTitle: 'Entries at a commit of their own',
  ownAt: (commit: string) => `at ${commit}`,
  experimentsIn: 'Experiments',
  changed: 'Last changed',
  by: (name: string) => `by ${name}`,
  gives: 'Version that it gives',
  versionBy: (subject: string, author: string) => `${subject}, ${author}`,
  versionOf: (commit: string) => `Commit ${commit}`,
  unsaved: 'Not in Git yet',
  notThere: 'Not in it',
  sameAsNow: 'As it is now',
  notAsNow: 'Differs from now',
  actions: 'What you can do',

  compareTitle: 'Two versions compared',
  compareFrom: 'Before',
  compareTo: 'After',
  groups: { environments: 'Environments', versions: 'Versions' },
  compareWithNow: 'Compare with now',
  neither: 'This prompt is in neither of them.',

  promote: 'Promote…',
  promoteTitle: (name: string) => `Promote to ${name}`,
  promoteFrom: 'From',
  promoteDo: (name: string) => `Promote to ${name}`,
  sendForReview: 'Send for review',
  message: 'Why? (optional)',
  messageHint: 'It becomes the message of the commit.',
  changes: 'What changes',
  nothingChanges: (name: string) => `${name} has this version already.`,
  wholeSame: 'Nothing changes: the entries are the same in both.',
  willReview: (name: string) =>
    `${name} is protected: this is sent for review, and counts when somebody else has approved it.`,
  willCheck: (name: string) =>
    `${name} requires checks: a prompt gets in when the newest run of its examples has passed.`,
  runChecks: 'Run the examples',
  tooMany: (kinds: string) => `Not compared, because there are too many of them: ${kinds}.`,
  change: { added: 'New in it', changed: 'Changed', removed: 'Not in it any more' },
  entriesChange: (count: number) => many(count, 'entry changes', 'entries change'),
  andMore: (count: number) => `And ${count.toLocaleString('en')} more.`,

  rollBack: 'Roll back…',
  rollBackTitle: (name: string) => `Roll back ${name}`,
  rollBackDo: 'Roll back',
  rollBackWhole: 'The whole environment goes back to where it pointed before.',
  rollBackEntry: 'This prompt goes back to the version that it had there before.',
  rollBackOtherwise:
    'It has no version of its own then, and is what the environment has otherwise.',
  rollBackAgain: 'If you roll back once more, it is as it is now again.',
  nothingBefore: 'It did not point elsewhere before, so it cannot be rolled back.',
  isNow: 'Now',
  goesTo: 'Then',

  moved: (name: string) => `${name} is changed. The commit follows in a few seconds.`,
  inReview: (name: string, review: number) =>
    `${name} stays as it is until somebody else has approved review ${review}.`,
  toReview: 'Show the review',
};
