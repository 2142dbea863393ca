import { diffWordsWithSpace } from 'diff';

/** A piece of a text, and whether a change added or removed it. */
export interface ChangedPiece {
  text: string;
  kind: 'same' | 'added' | 'removed';
}

/** The most words that may differ, and the longest time to find them, in milliseconds. */
const limits = { maxEditLength: 2_000, timeout: 100 };

/** What a change did to a text, word by word. Texts that are too different to be compared in a moment are removed and added as a whole. */
export function changedWords(before: string, after: string): ChangedPiece[] {
  if (before === '') return after === '' ? [] : [{ text: after, kind: 'added' }];
  const parts = diffWordsWithSpace(before, after, limits);
  if (parts === undefined)
    return [
      { text: before, kind: 'removed' },
      { text: after, kind: 'added' },
    ];
  return parts.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  }));
}
