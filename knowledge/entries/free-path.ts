/** The path itself, then `name-2.md`, `name-3.md`, … in the same folder, without end. */
export function* pathsBeside(path: string): Generator<string, never> {
  const { stem = path, extension = '' } =
    /^(?<stem>.*?)(?<extension>\.[^./]*)?$/s.exec(path)?.groups ?? {};
  yield path;
  for (let count = 2; ; count += 1) yield `${stem}-${count}${extension}`;
}

/** The first of the {@link pathsBeside} that is free. */
export async function freePath(
  path: string,
  isTaken: (path: string) => boolean | Promise<boolean>,
): Promise<string> {
  const candidates = pathsBeside(path);
  for (;;) {
    const { value } = candidates.next();
    if (!(await isTaken(value))) return value;
  }
}
