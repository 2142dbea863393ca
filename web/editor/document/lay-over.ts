import { diffArrays } from 'diff';

/** What somebody changed, as places in what was before. */
interface Change {
  start: number;
  end: number;
  items: string[];
}

/** More differences than this are not looked for: then the change stands as it is. */
const mostEdits = 2_000;

/** Words, blanks, ends of lines, and every other character by itself. */
const words = /\r\n|\n|\r|[ \t]+|[\p{L}\p{N}]+|[^]/gu;
const lines = /[^\n]*\n|[^\n]+$/g;

/** The ways to lay a change over a text, best first: what both added at one place has no order of its own. */
export const ways = [
  { by: 'words', own: 'first' },
  { by: 'words', own: 'last' },
  { by: 'words', own: 'alone' },
  { by: 'lines', own: 'alone' },
] as const;

/**
 * Lays a change (from `base` to `changed`) over a text that was written differently than `base`: a merge of three texts
 * in which the change wins. Where `base` would only have written the same in another way, the text stays as it is.
 * `null`: the texts differ too much.
 */
export function layOver(
  { base, changed, original }: { base: string; changed: string; original: string },
  { by, own: order }: (typeof ways)[number] = ways[0],
): string | null {
  if (base === original) return changed;
  if (changed === original) return original;
  const split = (text: string) => text.match(by === 'words' ? words : lines) ?? [];
  const from = split(base);
  const theirs = changes(from, split(original));
  const own = changes(from, split(changed));
  if (theirs === null || own === null) return null;
  const isKept = (change: Change) =>
    !own.some((other) => overlap(change, other) || (order === 'alone' && areBeside(change, other)));
  const kept = theirs.filter(isKept);
  const all = order === 'last' ? [...kept, ...own] : [...own, ...kept];
  // Sorting keeps the order of what is at the same place.
  all.sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: string[] = [];
  let copied = 0;
  for (const { start, end, items } of all) {
    merged.push(...from.slice(copied, start), ...items);
    copied = end;
  }
  return [...merged, ...from.slice(copied)].join('');
}

function changes(from: readonly string[], to: readonly string[]): Change[] | null {
  const differences = diffArrays([...from], [...to], { maxEditLength: mostEdits });
  if (differences === undefined) return null;
  const found: Change[] = [];
  let at = 0;
  for (const { added, removed, value } of differences) {
    const last = found.at(-1);
    const current =
      last?.end === at && (added || removed) ? last : { start: at, end: at, items: [] };
    if (added) current.items.push(...value);
    if (removed) current.end += value.length;
    if ((added || removed) && current !== last) found.push(current);
    if (!added) at += value.length;
  }
  return found;
}

function overlap(one: Change, other: Change): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Whether both add something at the same place, and change nothing else. */
function areBeside(one: Change, other: Change): boolean {
  return one.start === other.start && one.end === one.start && other.end === other.start;
}
