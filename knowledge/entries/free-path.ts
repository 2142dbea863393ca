/** The path, or the first of `name-2.md`, `name-3.md`, … that is not taken. */
export function freePath(path: string, isTaken: (path: string) => boolean): string {
  const { stem = path, extension = '' } =
    /^(?<stem>.*?)(?<extension>\.[^./]*)?$/s.exec(path)?.groups ?? {};
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? path : `${stem}-${count}${extension}`;
    if (!isTaken(candidate)) return candidate;
  }
}
