/** What ends a field in the output of `git … -z`, and a line in other output. */
export const fieldEnds = { nul: 0x00, line: 0x0a } as const;

/**
 * Splits git's output into its fields; yields those that ended in each piece. Of a field longer
 * than `longest` bytes only the start is kept, so that a hostile commit cannot use up memory.
 * Anything after the last end is dropped.
 */
export async function* cutFields(
  pieces: AsyncIterable<Buffer>,
  ended: keyof typeof fieldEnds,
  longest: number,
): AsyncGenerator<Buffer[], void> {
  let begun: Buffer[] = [];
  let kept = 0;
  for await (const piece of pieces) {
    const fields: Buffer[] = [];
    let start = 0;
    for (;;) {
      const end = piece.indexOf(fieldEnds[ended], start);
      const part = piece.subarray(start, end === -1 ? undefined : end).subarray(0, longest - kept);
      if (end === -1) {
        // Copied, because a part of a piece would keep the whole piece in memory.
        if (part.length > 0) begun.push(Buffer.from(part));
        kept += part.length;
        break;
      }
      fields.push(begun.length === 0 ? part : Buffer.concat([...begun, part]));
      begun = [];
      kept = 0;
      start = end + 1;
    }
    if (fields.length > 0) yield fields;
  }
}
