import type { ChangedFile, ChangedObject } from './commit-queries.ts';

/** What can be shown of a changed file. */
export type FileView =
  /** Both texts are known; a side that was not there is `null`. */
  | { kind: 'texts'; before: string | null; after: string | null; lines: number }
  /** Only its place is another. */
  | { kind: 'same' }
  /** A side is left out. */
  | { kind: 'left-out' };

/** A changed file with its name below its object, what can be shown of it, and whether it is open at first. */
export interface ShownFile {
  file: ChangedFile;
  name: string;
  view: FileView;
  isOpen: boolean;
}

/** A changed object with its files as they are shown. */
export interface ShownObject extends ChangedObject {
  shown: ShownFile[];
}

/** A new or removed text with more lines is closed at first, and so is a changed one with many more. */
const longText = 200;
const longChangedText = 3_000;
/** How many lines and characters all open files of a page may have. Of a changed text, only so many lines are likely to be seen. */
const linesAPage = 1_500;
const charactersAPage = 128 * 1024;
const seenOfChanged = 40;

/** What can be shown of a file. */
export function viewOf({ before, after }: ChangedFile): FileView {
  if (before !== null && before.blob === after?.blob) return { kind: 'same' };
  const isLeftOut = [before, after].some((side) => side !== null && side.text === null);
  if (isLeftOut) return { kind: 'left-out' };
  const texts = { before: before?.text ?? null, after: after?.text ?? null };
  return { kind: 'texts', ...texts, lines: Math.max(...Object.values(texts).map(linesOf)) };
}

/**
 * The objects of a page with their files. Files are open until the page has enough lines; what Gitward
 * makes of the rest (its catalog, its guide, the lineage) is closed.
 */
export function shownObjects(objects: readonly ChangedObject[]): ShownObject[] {
  let linesLeft = linesAPage;
  let charactersLeft = charactersAPage;
  return objects.map((object) => ({
    ...object,
    shown: object.files.map((file) => {
      const view = viewOf(file);
      if (view.kind !== 'texts') return { file, name: nameIn(object, file), view, isOpen: true };
      const { lines, before, after } = view;
      const isChange = before !== null && after !== null;
      const seen = isChange ? Math.min(lines, seenOfChanged) : lines;
      const characters = (before ?? '').length + (after ?? '').length;
      const isLong = lines > (isChange ? longChangedText : longText);
      const hasRoom = seen <= linesLeft && characters <= charactersLeft;
      const isOpen = !isLong && hasRoom && !isMade(object);
      if (isOpen) {
        linesLeft -= seen;
        charactersLeft -= characters;
      }
      return { file, name: nameIn(object, file), view, isOpen };
    }),
  }));
}

function isMade({ kind }: ChangedObject): boolean {
  return kind === 'catalog' || kind === 'guide' || kind === 'lineage';
}

function linesOf(text: string | null): number {
  if (text === null || text === '') return 0;
  let lines = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** A file's name below its object's folder; its own name if it is the whole object. */
function nameIn({ path, previousPath }: ChangedObject, file: ChangedFile): string {
  const place = [path, previousPath].find((one) => one !== null && file.path.startsWith(`${one}/`));
  return place == null
    ? file.path.slice(file.path.lastIndexOf('/') + 1)
    : file.path.slice(place.length + 1);
}
