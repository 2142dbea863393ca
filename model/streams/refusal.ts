/** A file that the host refuses. Its path is below the mirror's place. */
export interface RefusedFile {
  path: string;
  /** The content that is refused; any other is sent. */
  blobId: string;
  /** What the host said. */
  rule: string;
}

/** What stands for the content of a file that is removed, which a host may refuse as well. */
export const noBlob = '0'.repeat(40);

/** Identifies a content of a file. */
export function contentKey({ path, blobId }: Pick<RefusedFile, 'path' | 'blobId'>): string {
  return `${blobId} ${path}`;
}

/** What was sent when the host refused it. */
export interface Refusal {
  /** What the host said, in full. */
  said: string;
  /** The same in a line of limited length. */
  words: string;
  /** The ids of the commits' batches, in order. */
  batches: string[];
  /** What they would have written. */
  files: SentFile[];
}

/** A file that was to be written, or removed (with {@link noBlob}). */
export interface SentFile {
  path: string;
  blobId: string;
  /** Bytes. */
  size: number;
  /** The batch that it belongs to. */
  batch: string;
}

/** A file that the host named, and the line in which it did. */
export interface NamedFile extends SentFile {
  rule: string;
}

/** As many items may each be left out once, before halves of them are tried. */
const fewItems = 6;

/**
 * Finds which of some items is refused. Yields those to send next, and is told whether they were taken, in which case they
 * are done. Returns the one that is refused; `null` if in the end all were taken. If there are `few`, each is left out
 * once, so that the others are sent together; otherwise they are halved.
 */
export function* findRefused<Item>(
  items: readonly Item[],
  { together }: { together: boolean },
): Generator<readonly Item[], Item | null, boolean> {
  if (items.length === 1) return items[0] ?? null;
  if (together && items.length <= fewItems)
    for (const item of items) if (yield items.filter((other) => other !== item)) return item;
  let suspects = items;
  while (suspects.length > 1) {
    const half = suspects.slice(0, Math.ceil(suspects.length / 2));
    suspects = (yield half) ? suspects.slice(half.length) : half;
  }
  const [last = null] = suspects;
  return (yield suspects) ? null : last;
}

/** The files that the host named, in the order in which they were sent; a warning is no refusal. */
export function namedFiles(
  { said, files }: Refusal,
  inRepository: (path: string) => string,
): NamedFile[] {
  const lines = said.split(/[\r\n]+/).filter((line) => !/\bwarning:/i.test(line));
  return files.flatMap((file) => {
    const line = lines.find((one) => names(one, inRepository(file.path)));
    return line === undefined ? [] : [{ ...file, rule: ruleOf(line) }];
  });
}

/** Those of which only one content was sent, so that the host must have meant it. */
export function meantFiles(named: readonly NamedFile[]): NamedFile[] {
  const contents = new Map<string, number>();
  for (const { path } of named) contents.set(path, (contents.get(path) ?? 0) + 1);
  return named.filter(({ path }) => contents.get(path) === 1);
}

/** Whether a line names a path, and not only one that contains it. */
function names(line: string, path: string): boolean {
  for (let at = line.indexOf(path); at !== -1; at = line.indexOf(path, at + 1)) {
    const before = line[at - 1] ?? ' ';
    const after = line[at + path.length] ?? ' ';
    const isLonger = after === '.' && /[\w-]/.test(line[at + path.length + 1] ?? ' ');
    if (!/[\w/.-]/.test(before) && !/[\w/-]/.test(after) && !isLonger) return true;
  }
  return false;
}

/** A host's line without its prefix, of limited length. */
function ruleOf(line: string): string {
  const text = line
    .replace(/^remote:/, '')
    .replace(/[^\P{C}]/gu, '')
    .trim();
  return Array.from(text).slice(0, 300).join('');
}
