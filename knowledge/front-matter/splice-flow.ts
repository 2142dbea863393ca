import { Refusal, type Splice } from './splice.ts';

/** The position of an item in brackets, and whether it stays. */
export interface FlowSpan {
  start: number;
  end: number;
  isKept: boolean;
}

/** The changes between two brackets. */
export interface FlowChange {
  /** From the opening bracket to the end of the closing one. */
  start: number;
  end: number;
  /** The items, in order. */
  spans: readonly FlowSpan[];
  /** The index of the item after which new ones are inserted, or -1 to insert before the first. */
  after: number;
  texts: readonly string[];
}

/**
 * Removes and inserts items between brackets, including commas. Throws a {@link Refusal} if there are
 * comments.
 */
export function flowSplices(source: string, change: FlowChange): Splice[] {
  const { spans, after, texts } = change;
  const splices: Splice[] = [];
  const add = (start: number, end: number, text: string) => splices.push({ start, end, text });
  const firstKept = spans.findIndex(({ isKept }) => isKept);
  const [first] = spans;
  if (firstKept === -1) {
    const inner = { start: change.start + 1, end: change.end - 1 };
    if (first === undefined && texts.length === 0) return splices;
    const gap = first === undefined ? inner : { start: inner.start, end: first.start };
    requireNoComment(source, gap.start, gap.end);
    add(inner.start, inner.end, texts.join(', '));
    return splices;
  }
  spans.forEach(({ start, end, isKept }, at) => {
    if (isKept) return;
    const before = spans[at - 1];
    if (at > firstKept && before) {
      requireNoComment(source, before.end, start);
      add(before.end, end, '');
    } else if (at === 0) add(start, spans[firstKept]?.start ?? end, '');
  });
  const anchor = spans[after];
  if (texts.length === 0 || first === undefined) return splices;
  if (anchor === undefined)
    add(first.start, first.start, texts.map((text) => `${text}, `).join(''));
  else {
    const separator = separatorIn(source, change);
    add(anchor.end, anchor.end, texts.map((text) => separator + text).join(''));
  }
  return splices;
}

/** The separator of two items: with a line end, if there is already one item per line. */
function separatorIn(source: string, { start, spans }: FlowChange): string {
  const [last, beforeLast] = [spans.at(-1), spans.at(-2)];
  if (last && beforeLast) {
    const between = source.slice(beforeLast.end, last.start);
    return /^\s*,\s+$/.test(between) ? between : ', ';
  }
  const opening = source.slice(start + 1, last?.start ?? 0);
  return /^\s*\n\s*$/.test(opening) ? `,${opening}` : ', ';
}

function requireNoComment(source: string, start: number, end: number): void {
  if (/(?:^|\s)#/.test(source.slice(start, end)))
    throw new Refusal('There is a comment in these brackets: edit the text.', start);
}
