const many = (count: number, one: string, more: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${more}`;

/** Texts of the page on which files and tables are imported. */
export const imports = {
  title: 'Import',
  link: 'Import',
  hint: 'Brings in a folder of Markdown, or a table. You see first what would change.',
  none: 'Only those who may edit entries of this space can import some.',

  dropTitle: 'Drop it here',
  dropHere: 'Let go to look at it',
  drop: 'A folder of Markdown files, or one table as CSV or JSON. Nothing is changed before you have seen what would change.',
  bounds: 'At most 50,000 files or rows and 64 MiB at once, and 1 MiB for each file.',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  reading: 'Looking at it…',
  another: 'Import something else',
  given: {
    texts: (count: number) => many(count, 'file', 'files'),
  },

  refused: {
    nothing: 'There is nothing to import in it',
    tooMany: 'These are more than 50,000 files',
    tooMuch: 'This is more than 64 MiB',
    notUtf8: (name: string) => `${name} is not UTF-8`,
    unreadable: (name: string) => `${name} cannot be read`,
  },
  refusedHint: {
    nothing: 'Files of Markdown or JSON can be imported, and tables as CSV or JSON.',
    tooMany: 'Import it in parts: one folder after another.',
    tooMuch: 'Import it in parts: some of the files, or some of the rows, after the others.',
    notUtf8: 'Save it as UTF-8: spreadsheets call that “CSV UTF-8”.',
    unreadable: (said: string) => `${said} Nothing was changed.`,
  },

  left: (count: number) => many(count, 'file is left out', 'files are left out'),
  leftMore: (count: number) => `And ${count.toLocaleString('en')} more.`,
  why: {
    hidden: 'it is hidden, or in a hidden folder',
    other: 'it is not Markdown',
    table: 'it is a table: import it by itself',
    tooLarge: 'it is larger than 1 MiB: split it',
    longName: 'its path is too long: shorten the names of its folders',
    notUtf8: 'it is not UTF-8: save it as UTF-8',
  },

  whatTitle: 'What it is',
  kindOfRows: 'What the rows are',
  kindOfFiles: 'What files in other folders are',
  kindOfFilesHint:
    'Files in the folder of a kind belong to it. Without a choice, others are not imported.',
  chooseKind: 'Choose a kind',
  update: 'Change entries that are there already',
  updateHint: 'Only where they differ. Fields that the import does not have stay as they are.',

  columnsTitle: 'Where the columns go',
  column: 'Column',
  example: 'For example',
  goesTo: 'Goes to',
  goesToOf: (column: string) => `Where “${column}” goes`,
  text: 'The text',
  own: 'A field of its own',
  leaveOut: 'Leave it out',
  clash: (column: string) => `“${column}” goes there, too: leave one of them out.`,
  rowsTitle: 'The first rows, as they will be',
  noRows: 'The table has no rows.',
  otherFields: (names: string[]) => `Also: ${names.join(', ')}.`,

  preview: 'Preview the changes',
  tooLarge:
    'As it is sent, this is more than 64 MiB. Import it in parts: some of the files, or some of the rows, after the others.',
  resultTitle: 'What would change',
  nothingWould: 'Nothing would change: everything is so already.',
  first: (count: number) => `The first ${count}:`,
  allErrors: 'Show all that cannot be imported',
  again: 'Try again',
  start: (count: number) => `Import ${many(count, 'entry', 'entries')}`,
  startHint: 'It goes on when you leave this page, and stands at home in this space.',
};
