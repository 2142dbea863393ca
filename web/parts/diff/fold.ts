import type { ChangeData, HunkData } from 'react-diff-view';

/** A piece of a compared file: lines, a fold of unchanged lines, or what is left when enough is shown. */
export type Piece =
  | { kind: 'lines'; at: number; changes: ChangeData[] }
  /** `at`: the place of its first line, by which it is opened. If it is open, its lines follow. */
  | { kind: 'fold'; at: number; count: number; isOpen: boolean }
  | { kind: 'rest'; count: number };

/** How many unchanged lines are seen around a change, and how many are worth a fold. */
const context = 3;
const smallestFold = 4;

/** Folds unchanged lines that are far from changes, and ends after `most` lines. `opened`: the folds that are open. */
export function fold(
  changes: readonly ChangeData[],
  opened: ReadonlySet<number>,
  most: number,
): Piece[] {
  const pieces: Piece[] = [];
  let room = most;
  let at = 0;
  for (const { start, end } of foldsOf(changes)) {
    show(start);
    if (room <= 0) break;
    const isOpen = opened.has(start);
    pieces.push({ kind: 'fold', at: start, count: end - start, isOpen });
    if (isOpen) show(end);
    else at = end;
  }
  show(changes.length);
  if (at < changes.length) pieces.push({ kind: 'rest', count: changes.length - at });
  return pieces;

  /** Shows lines up to this one, as far as there is room. */
  function show(end: number): void {
    if (room <= 0 || at >= end) return;
    const some = changes.slice(at, Math.min(end, at + room));
    pieces.push({ kind: 'lines', at, changes: some });
    room -= some.length;
    at += some.length;
  }
}

interface Range {
  start: number;
  end: number;
}

function foldsOf(changes: readonly ChangeData[]): Range[] {
  const folds: Range[] = [];
  let from = 0;
  for (let at = 0; at <= changes.length; at += 1) {
    if (changes[at]?.type === 'normal') continue;
    const start = from === 0 ? 0 : from + context;
    const end = at === changes.length ? at : at - context;
    if (end - start >= smallestFold) folds.push({ start, end });
    from = at + 1;
  }
  return folds;
}

/** Lines in the form of the library that draws them. */
export function hunkOf(changes: ChangeData[]): HunkData {
  const old = changes.filter((change) => change.type !== 'insert');
  const now = changes.filter((change) => change.type !== 'delete');
  return {
    content: '',
    oldStart: lineOf(old[0], 'old'),
    oldLines: old.length,
    newStart: lineOf(now[0], 'new'),
    newLines: now.length,
    changes,
  };
}

function lineOf(change: ChangeData | undefined, side: 'old' | 'new'): number {
  if (change === undefined) return 0;
  if (change.type !== 'normal') return change.lineNumber;
  return side === 'old' ? change.oldLineNumber : change.newLineNumber;
}
