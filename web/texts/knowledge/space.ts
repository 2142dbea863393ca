const many = (count: number, one: string, more: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${more}`;

/** Texts of a space's home and of the way to its pages. */
export const space = {
  kind: 'Knowledge space',
  home: 'Home',
  allEntries: 'All entries',
  moreKinds: 'More kinds',
  reviews: 'Reviews',
  conflictsPage: 'Conflicts',
  settingsPage: 'Settings',
  search: 'Search this space',
  searchHint: 'Find an entry by its words…',
  searchButton: 'Search',
  create: 'New entry',

  needs: {
    title: 'What needs you',
    nothing: 'Nothing needs you. Everything that was saved is in Git, or on its way.',
    conflicts: (count: number) => many(count, 'entry needs a decision', 'entries need a decision'),
    conflict: (mine: string, git: string | null) =>
      `${mine} changed it here, and ${git ?? 'somebody'} in Git`,
    lost: (mine: string) => `A rewritten branch dropped what ${mine} had saved`,
    reviews: (count: number) =>
      many(count, 'review waits for your approval', 'reviews wait for your approval'),
    review: (author: string) => `asked for by ${author}`,
    heldBack: (count: string) => `${count} cannot be sent to Git`,
    invalid: (count: string) => `${count} are not valid`,
    drafts: (count: string) => `${count} of yours are not published`,
    heldBackOne: '1 entry cannot be sent to Git',
    invalidOne: '1 entry is not valid',
    draftsOne: '1 draft of yours is not published',
    entries: (count: string) => `${count} entries`,
    draftsCount: (count: string) => `${count} drafts`,
    draft: { create: 'A new one', edit: 'An edit', delete: 'A removal' },
    all: 'Show all',
    decide: 'Decide',
  },

  changes: 'Recent changes',
  noChanges: 'Nothing has changed yet. What people save, push or import appears here.',
  did: { added: 'added', edited: 'edited', moved: 'moved', removed: 'removed', changed: 'changed' },
  through: { api: 'in Gitward', import: 'by an import', push: 'by a push' },
  entriesOf: (count: number) => many(count, 'entry', 'entries'),
  andMore: (count: number) => `and ${count.toLocaleString('en')} more`,
  and: 'and',

  stands: 'How it stands',
  nextOf: {
    ended: 'Nothing.',
    paused: 'What people save is kept, and waits until it is resumed.',
    held: 'Nothing is sent until somebody decides. What people save is kept, and waits.',
    escalated: 'It is tried again every few minutes. What people save is kept, and waits.',
    retrying:
      'It is tried again every few minutes, and admins are told if it lasts. Nothing is lost.',
    initializing: 'The branch is read for the first time.',
    syncing: 'What was saved is pushed and read back.',
    pending: 'A few seconds later, all that one person saved becomes one commit.',
    synced:
      'The next save becomes a commit. What is pushed is read at once with a webhook, otherwise within a minute.',
  },
  next: 'What happens next',
  waits: 'Waits for Git',
  waiting: (count: number) => many(count, 'save', 'saves'),
  nothingWaits: 'Nothing',
  read: 'Last read',
  entries: 'Entries',
  noEntries: 'There is no entry yet. Write one here, or push Markdown files to the repository.',
  atHost: 'The repository at its host',

  problems: 'Files that cannot be used',
  problemsMore: (count: number) => `And ${count.toLocaleString('en')} more.`,
  heldKinds:
    'Schema files would take a folder away from a kind with personal data. They are used when an admin accepts them.',
  heldRules:
    'Rules of review in the repository are weaker than those in force. They are used when an admin accepts them.',
  look: 'Look at them',
};
