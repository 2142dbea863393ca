/** Formats rows as aligned columns under a heading; returns `empty` if there are none. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  empty: string,
): string {
  if (rows.length === 0) return empty;
  const lines = [heading.map((name) => name.toUpperCase()), ...rows.map((row) => row.map(oneLine))];
  const widths = heading.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Formats names and values in aligned columns; leaves out those whose value is `null`. */
export function facts(entries: readonly (readonly [string, string | number | null])[]): string {
  const shown = entries.filter(([, value]) => value !== null);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown
    .map(([name, value]) => `${name.padEnd(width)}  ${oneLine(String(value))}`)
    .join('\n');
}

/** Puts text from outside on one line, and removes terminal control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** Keeps the lines of text from outside, and removes terminal control characters. */
export function manyLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.split('\t').map(oneLine).join('\t'))
    .join('\n');
}

/** A number with its noun. */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
