/**
 * Cuts output of `git … -z` at its NULs: the fields that ended in each piece. Of a longer field than `longest` bytes
 * only the beginning is kept, so a hostile commit takes no memory. What follows the last NUL is no field.
 */
export async function* nulFields(
  chunks: AsyncIterable<Buffer>,
  longest: number,
): AsyncGenerator<Buffer[], void> {
  let begun: Buffer[] = [];
  let kept = 0;
  for await (const chunk of chunks) {
    const fields: Buffer[] = [];
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0, start);
      const piece = chunk.subarray(start, end === -1 ? undefined : end).subarray(0, longest - kept);
      if (end === -1) {
        // A copy: the piece would keep its whole chunk alive.
        if (piece.length > 0) begun.push(Buffer.from(piece));
        kept += piece.length;
        break;
      }
      fields.push(begun.length === 0 ? piece : Buffer.concat([...begun, piece]));
      begun = [];
      kept = 0;
      start = end + 1;
    }
    if (fields.length > 0) yield fields;
  }
}
