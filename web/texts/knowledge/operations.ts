const many = (count: number, one: string, more: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${more}`;

/** Texts of what is done to a whole space at once. */
export const operations = {
  title: 'Everything at once',
  types: {
    sync: 'Sync from Git',
    export: 'Export all',
    import: 'Import',
    check: 'Checks of a prompt',
  },
  hints: {
    sync: 'Reads every file of the branch again.',
    export: 'Makes sure that Git has everything that is here.',
  },
  dryRun: 'only tried',
  states: {
    waiting: 'Waits for its turn',
    running: 'Goes on',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Stopped',
  },
  stop: 'Stop',
  by: (name: string) => `by ${name}`,
  progress: (done: number, total: number) =>
    `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  sending: 'All entries were looked at. Now Git is being told.',
  now: (item: string) => `Now: ${item}`,
  outcomes: {
    created: (count: number) => many(count, 'entry is new', 'entries are new'),
    changed: (count: number) => many(count, 'entry was changed', 'entries were changed'),
    unchanged: (count: number) => many(count, 'entry was so already', 'entries were so already'),
    skipped: (count: number) =>
      many(count, 'entry was left as it is', 'entries were left as they are'),
    read: (count: number) => many(count, 'entry was read', 'entries were read'),
    invalid: (count: number) => many(count, 'entry is not valid', 'entries are not valid'),
    conflict: (count: number) => many(count, 'entry needs a decision', 'entries need a decision'),
    failed: (count: number) => many(count, 'item failed', 'items failed'),
    error: (count: number) => many(count, 'example was not answered', 'examples were not answered'),
    needs_person: (count: number) =>
      many(count, 'example waits for a person', 'examples wait for a person'),
    passed: (count: number) => many(count, 'example passed', 'examples passed'),
    would_create: (count: number) => many(count, 'entry would be new', 'entries would be new'),
    would_change: (count: number) =>
      many(count, 'entry would be changed', 'entries would be changed'),
    would_read: (count: number) => many(count, 'entry would be read', 'entries would be read'),
    would_remove: (count: number) =>
      many(count, 'entry would be removed', 'entries would be removed'),
  },
  nothingToDo: 'There was nothing to do.',
  details: 'Show the result',
  detailsAll: 'What was done before',
  none: 'Nothing was done to everything yet.',
  troubles: 'What somebody has to look at',
  download: 'Download as CSV',
  downloadName: (space: string) => `${space}-errors.csv`,
  csvColumns: ['Item', 'Line', 'Outcome', 'What is wrong', 'Entry'],
  noTroubles: 'Nothing went wrong.',
  began: 'Began',
  ended: 'Ended',
  startedBy: 'Started by',
  state: 'State',
  result: 'Result',
};
