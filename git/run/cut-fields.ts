/** What ends a field in output of `git … -z`, and a line in other output. */
export const fieldEnds = { nul: 0x00, line: 0x0a } as const;

/**
 * Cuts git's output into its fields: those that ended in each piece. Of a longer field than `longest` bytes only the
 * beginning is kept, so a hostile commit takes no memory. What follows the last end is no field.
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
        // A copy: the part would keep its whole piece alive.
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
