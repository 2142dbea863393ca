/** What a person sees of a value that is not there. */
const nothing = 'nothing';

const paragraphs = (count: number) => (count === 1 ? 'a paragraph' : `${count} paragraphs`);

export const conflicts = {
  title: 'Decisions',
  detail:
    'Where a save and a commit changed the same thing differently. Until you decide, Git’s version counts.',
  shows: { open: 'Open', settled: 'Decided' },
  empty: 'There is nothing to decide',
  emptyHint:
    'Changes from Git and from here are put together by themselves wherever that is possible.',
  emptySettled: 'Nothing was decided yet.',
  columns: {
    entry: 'Entry',
    kind: 'Kind',
    what: 'What happened',
    mine: 'Saved here by',
    git: 'In Git by',
    settled: 'Decided by',
    chosen: 'Decision',
  },
  causes: { clash: 'Changed on both sides', lost: 'Dropped from the branch' },
  chosen: {
    git: 'Git’s version',
    mine: 'The saved version',
    parts: 'Part by part',
    text: 'A text of its own',
  },
  select: (entry: string) => `Select ${entry}`,
  selectAll: 'Select all that are shown',
  selected: (count: number) => `${count} selected`,
  takeGit: 'Use Git’s version',
  keepMine: 'Keep mine',
  keepSaved: 'Keep the saved version',
  doneMany: (count: number, side: 'git' | 'mine') =>
    `${count === 1 ? '1 decision' : `${count} decisions`}: ${side === 'git' ? 'Git’s version' : 'the saved version'}.`,
  refusedMany: (count: number) =>
    count === 1 ? '1 could not be decided:' : `${count} could not be decided:`,
  undo: 'Undo',
  undone: 'Undone: Git’s version counts again.',

  conflict: (entry: string) => `Decide: ${entry}`,
  openEntry: 'Open the entry',
  allDecisions: 'All decisions',
  you: 'you',
  somebody: 'somebody',
  nothing,
  removedIn: 'The file was removed',
  removedBy: (who: string) => `${who} removed it`,
  changed: {
    set: (what: string, value: string) => `The ${what} was changed to ${value}`,
    removed: (what: string) => `The ${what} was removed`,
    other: (what: string, isOne: boolean) => `${what} ${isOne ? 'was' : 'were'} changed`,
    whole: 'The file was changed',
  },
  did: {
    set: (who: string, value: string) => `${who} set it to ${value}`,
    removed: (who: string) => `${who} removed it`,
    other: (who: string, isOne: boolean) => `${who} changed ${isOne ? 'it' : 'them'} differently`,
  },
  inGit: 'in Git, by',
  while: 'while',
  field: (name: string) => `the ${name}`,
  paragraphs,
  and: (items: readonly string[]) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`,
  lost: (who: string) =>
    `What ${who} had saved was in the branch until somebody rewrote the branch without it.`,
  nothingClashes:
    'Later changes have put both sides together, so nothing clashes any more. Take either version to close this.',
  part: { field: 'Field', paragraph: 'Text', file: 'The whole entry' },
  sideGit: 'In Git',
  sideMine: 'Saved here',
  sideOwn: 'Write it yourself',
  ownText: 'Your version',
  notJson: 'This is no JSON: text needs quotes, a list brackets.',
  before: 'What it was before',
  hideBefore: 'Hide what it was before',
  noFile: 'The file is removed.',
  added: 'added',
  removed: 'removed',
  save: 'Save these choices',
  chooseAll: (left: number) =>
    left === 1 ? 'Choose a side for 1 more part.' : `Choose a side for ${left} more parts.`,
  everything: 'Or all of it at once',
  whole: 'Or write the whole file',
  wholeLabel: 'The file, with its fields',
  saveWhole: 'Save this file',
  settledTitle: 'This is decided',
  settled: (who: string, how: string) => `${how}, chosen by ${who}.`,
  settledNow: 'Decided. It is on its way to Git.',
  settledGit: 'Decided: Git’s version stays.',
  decideAgain: 'Decide again',
  moved: 'It has changed in the same places meanwhile. Here is how it is now.',
  movedTitle: 'This has changed',
  readOnly: 'You may read this. Whoever edits entries of this kind can decide.',
};
