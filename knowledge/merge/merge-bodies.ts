import type { ConflictPart, JsonValue } from '../../model/knowledge/entry.ts';
import { plainLines } from '../front-matter/line-end.ts';
import type { MergedChunk, MergeInput, MergeTexts } from './merge-input.ts';
import type { Decide, Sides } from './merge-values.ts';
import type { SplitEntry } from '../front-matter/split-entry.ts';

/**
 * Merges bodies with plain lines, line by line. Returns a function that joins them, with a decision for each paragraph that
 * conflicts.
 */
export async function mergeBodies(
  split: Record<keyof Sides, SplitEntry>,
  { mergeTexts, eachDifference = false }: Pick<MergeInput, 'mergeTexts' | 'eachDifference'>,
): Promise<(decide: Decide) => string> {
  const bodies = { base: split.base.body, git: split.git.body, mine: split.mine.body };
  const isChoice = eachDifference && bodies.git !== bodies.mine;
  const chunks = (isChoice ? null : await merged(bodies, mergeTexts)) ?? [
    { kind: 'conflict' as const, ...bodies },
  ];
  return (decide) => {
    const pieces: string[] = [];
    let count = 0;
    for (const chunk of chunks) {
      if (chunk.kind === 'same') {
        pieces.push(chunk.text);
        continue;
      }
      count += 1;
      const { base, git, mine } = chunk;
      const sides = { base, git, mine };
      const part: ConflictPart = { id: `body:${count}`, what: 'paragraph', pointer: '', ...sides };
      const text = asText(decide(part, sides));
      if (text === '' || text === git || text === mine) pieces.push(text);
      else {
        // A person's own text is put on its own lines, so that it is not joined to the text before and after
        // it.
        const before = pieces.findLast((piece) => piece !== '') ?? '\n';
        if (!before.endsWith('\n') && !/^\r?\n/.test(text)) pieces.push('\n');
        pieces.push(plainLines(text));
      }
    }
    return pieces.join('');
  };
}

/** If only one side changed, nothing needs to be merged. */
async function merged(
  bodies: Record<keyof Sides, string>,
  mergeTexts: MergeTexts,
): Promise<MergedChunk[] | null> {
  const { base, git, mine } = bodies;
  if (git === mine || base === mine) return [{ kind: 'same', text: git }];
  if (base === git) return [{ kind: 'same', text: mine }];
  return mergeTexts(bodies);
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
