const units: [milliseconds: number, name: string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
];

/** How long something lasted between two times (ISO 8601), in its two largest units. */
export function lasted(from: string, to: string): string {
  let left = Math.max(1_000, Date.parse(to) - Date.parse(from));
  const said: string[] = [];
  for (const [length, name] of units) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) said.push(`${count} ${name}${count === 1 ? '' : 's'}`);
    // The next smaller unit is said, those below are not.
    if (said.length > 0 && (count === 0 || said.length === 2)) break;
  }
  return said.join(' ');
}
