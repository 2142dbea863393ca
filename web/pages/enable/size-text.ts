const units = ['bytes', 'kB', 'MB', 'GB'] as const;

/** A size in bytes as people say it: `300 bytes`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  let at = 0;
  let size = bytes;
  while (size >= 1_000 && at < units.length - 1) {
    size /= 1_000;
    at += 1;
  }
  const rounded = at > 0 && size < 10 ? size.toFixed(1) : Math.round(size).toLocaleString('en');
  return `${rounded} ${units[at] ?? ''}`;
}
