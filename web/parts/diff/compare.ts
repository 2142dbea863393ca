import { diffLines } from 'diff';
import type { ChangeData } from 'react-diff-view';

/** A longer line is cut, in characters. */
const longestLine = 4_000;
/** The most lines that may differ, and the longest time to find them, in milliseconds. */
const limits = { maxEditLength: 4_000, timeout: 250 };

/**
 * The lines of two texts: what both have, and what only one has. A side that was not there is `null`.
 * `null` if the texts are too different to be compared in a moment.
 */
export function compare(before: string | null, after: string | null): ChangeData[] | null {
  if (before === null || after === null)
    return linesOf(before ?? after ?? '').map((content, at) =>
      before === null ? inserted(content, at + 1) : deleted(content, at + 1),
    );
  const parts = diffLines(before, after, limits);
  if (parts === undefined) return null;
  let [old, now] = [0, 0];
  return parts.flatMap(({ value, added, removed }) =>
    linesOf(value).map((content): ChangeData => {
      if (added) return inserted(content, ++now);
      if (removed) return deleted(content, ++old);
      return {
        type: 'normal',
        isNormal: true,
        content,
        oldLineNumber: ++old,
        newLineNumber: ++now,
      };
    }),
  );
}

function inserted(content: string, lineNumber: number): ChangeData {
  return { type: 'insert', isInsert: true, content, lineNumber };
}

function deleted(content: string, lineNumber: number): ChangeData {
  return { type: 'delete', isDelete: true, content, lineNumber };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return (lines.at(-1) === '' ? lines.slice(0, -1) : lines).map((line) =>
    line.length > longestLine ? `${line.slice(0, longestLine)} …` : line,
  );
}
