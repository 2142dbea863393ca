/** A line of a unified diff without its sign. */
export interface DiffLine {
  what: 'added' | 'removed' | 'same' | 'gap';
  text: string;
}

/** The lines of a unified diff without header lines; where lines are left out stands a gap. */
export function diffLines(diff: string): DiffLine[] {
  const lines = diff.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.flatMap((line): DiffLine[] => {
    const text = line.slice(1);
    if (line.startsWith('@@')) return [{ what: 'gap', text: '' }];
    if (line.startsWith('+')) return [{ what: 'added', text }];
    if (line.startsWith('-')) return [{ what: 'removed', text }];
    // "\ No newline at end of file" is about the file, not in it.
    return line.startsWith('\\') ? [] : [{ what: 'same', text }];
  });
}
