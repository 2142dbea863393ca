export const space = {
  kind: 'Knowledge space',
  waiting: (count: number) =>
    count === 1 ? '1 save waits' : `${count.toLocaleString('en')} saves wait`,
  nothingWaits: 'No save waits: everything that was accepted is in Git.',
  conflicts: (count: number) =>
    count === 1 ? '1 conflict is open' : `${count.toLocaleString('en')} conflicts are open`,
  noConflicts: 'No conflict is open.',
  atAGlance: 'At a glance',
  entries: 'Entries',
  noEntries: 'There is no entry yet. Save one, or push Markdown files to the repository.',
  changes: 'Latest changes',
  noChanges: 'Nothing has changed yet.',
  problems: 'Files that cannot be used',
  problemsMore: (count: number) => `And ${count.toLocaleString('en')} more.`,
  heldKinds:
    'Schema files would take a folder away from a kind with personal data. They are used when an admin accepts them.',
  heldRules:
    'Rules of review in the repository are weaker than those in force. They are used when an admin accepts them.',
  read: 'Last read',
  publicKinds: 'Public kinds',
  index: 'Index files',
  indexOn: 'A file that lists each kind’s entries',
  indexOff: 'None',
};
