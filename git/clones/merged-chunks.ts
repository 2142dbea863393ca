import type { TextChunk } from './clone-types.ts';

/** The marker lines of one merge: lines that are in none of its texts. */
export interface Markers {
  /** How often the character of a marker is repeated. */
  size: number;
  /** Unguessable; follows the characters, except for `=======`, which has no label. */
  label: string;
}

const usualSize = 40;

/** Creates markers for a merge of these texts. */
export function newMarkers(texts: readonly string[], label: string): Markers {
  const taken = new Set(
    texts.flatMap((text) => [...text.matchAll(/^=+$/gm)].map(([line]) => line.length)),
  );
  let size = usualSize;
  while (taken.has(size)) size += 1;
  return { size, label };
}

/**
 * Splits the output of `git merge-file --diff3 <git> <base> <mine>` into chunks, and removes one
 * line end from the end of each whole text, because the texts were given one line end more than
 * they have.
 */
export function mergedChunks(merged: string, { size, label }: Markers): TextChunk[] {
  const marker = new RegExp(
    `^(?:(?:<{${size}}|\\|{${size}}|>{${size}}) ${label}|={${size}})\\r?\\n`,
    'm',
  );
  const pieces = merged.split(marker);
  if (pieces.length % 4 !== 1) throw new Error('git merge-file wrote markers that do not pair up.');
  const chunks: TextChunk[] = [{ kind: 'same', text: pieces[0] ?? '' }];
  for (let at = 1; at < pieces.length; at += 4) {
    const [git = '', base = '', mine = '', text = ''] = pieces.slice(at, at + 4);
    chunks.push({ kind: 'conflict', base, git, mine }, { kind: 'same', text });
  }
  return withoutLastLineEnd(chunks).filter(
    (chunk) => chunk.kind === 'conflict' || chunk.text !== '',
  );
}

/**
 * If a side has no lines in the last conflict, it ends before the conflict: the line end to remove
 * is then the one before the conflict, which is moved into the other sides.
 */
function withoutLastLineEnd(chunks: TextChunk[]): TextChunk[] {
  const last = chunks.at(-1);
  if (last?.kind === 'same' && last.text !== '')
    return [...chunks.slice(0, -1), { kind: 'same', text: last.text.slice(0, -1) }];
  const [before, conflict] = chunks.slice(-3, -1);
  if (before?.kind !== 'same' || conflict?.kind !== 'conflict') return [];
  const { base, git, mine } = conflict;
  if (base !== '' && git !== '' && mine !== '') {
    const ended = (side: string) => side.slice(0, -1);
    const sides = { base: ended(base), git: ended(git), mine: ended(mine) };
    return [...chunks.slice(0, -2), { kind: 'conflict', ...sides }];
  }
  const moved = (side: string) => `\n${side}`.slice(0, -1);
  const sides = { base: moved(base), git: moved(git), mine: moved(mine) };
  const shortened: TextChunk = { kind: 'same', text: before.text.slice(0, -1) };
  return [...chunks.slice(0, -3), shortened, { kind: 'conflict', ...sides }];
}
