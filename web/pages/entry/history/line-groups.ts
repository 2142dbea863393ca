import type { Answer } from '../../../api/types.ts';

type Line = Answer<'/v1/spaces/{space}/entries/{entry}/blame'>['lines'][number];

/** Lines that stand together and come from the same commit. */
export interface LineGroup {
  commit: string;
  author: string;
  at: string;
  lines: { number: number; text: string }[];
}

/** The lines of a file in groups of the same commit, at most `most` lines. */
export function lineGroups(lines: readonly Line[], most: number): LineGroup[] {
  const groups: LineGroup[] = [];
  for (const { commit, author, at, line: number, text } of lines.slice(0, most)) {
    const last = groups.at(-1);
    if (last?.commit === commit) last.lines.push({ number, text });
    else groups.push({ commit, author: author.name, at, lines: [{ number, text }] });
  }
  return groups;
}
