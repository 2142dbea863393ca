import type { ConflictPart, JsonValue } from '../model/entry.ts';
import type { MergedChunk, MergeTexts } from './merge-entries.ts';
import type { Decide, Sides } from './merge-values.ts';
import type { SplitEntry } from './split-entry.ts';

/** Merges bodies line by line; what it answers puts them together, with each paragraph that clashes decided. */
export async function mergeBodies(
  split: Record<keyof Sides, SplitEntry>,
  mergeTexts: MergeTexts,
): Promise<(decide: Decide) => string> {
  const bodies = { base: split.base.body, git: split.git.body, mine: split.mine.body };
  const chunks = (await merged(bodies, mergeTexts)) ?? [{ kind: 'conflict' as const, ...bodies }];
  return (decide) => {
    let count = 0;
    const last = chunks.length - 1;
    return chunks
      .map((chunk, at) => {
        if (chunk.kind === 'same') return chunk.text;
        count += 1;
        const { base, git, mine } = chunk;
        const id = `body:${count}`;
        const part: ConflictPart = { id, what: 'paragraph', pointer: '', base, git, mine };
        const text = asText(decide(part, { base, git, mine }));
        return at === last || isSide(text, chunk) ? text : withLineEnd(text, bodies.git);
      })
      .join('');
  };
}

/** What only one side changed needs nobody. */
async function merged(
  bodies: Record<keyof Sides, string>,
  mergeTexts: MergeTexts,
): Promise<MergedChunk[] | null> {
  const { base, git, mine } = bodies;
  if (git === mine || base === mine) return [{ kind: 'same', text: git }];
  if (base === git) return [{ kind: 'same', text: mine }];
  return mergeTexts(bodies);
}

function isSide(text: string, { git, mine }: { git: string; mine: string }): boolean {
  return text === git || text === mine;
}

/** The text with a line end at its end, such as its surroundings have: else the next line would stick to it. */
export function withLineEnd(text: string, surroundings: string): string {
  if (text === '' || text.endsWith('\n')) return text;
  return text + (surroundings.includes('\r\n') ? '\r\n' : '\n');
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
