import { isMarkdownName } from '../kinds/markdown-extensions.ts';

/** How much one import may have. Whoever has more imports it in parts. */
export const importLimits = {
  /** Files, or rows of a table. */
  items: 50_000,
  /** Bytes of the whole request. */
  bytes: 64 * 1024 * 1024,
  /** Characters of a file's path in its folder. */
  name: 1_000,
};

/** What a file of an imported folder is, by its path there, with slashes. */
export type FileRole =
  /** Markdown or JSON, which may be an entry. */
  | 'entry'
  /** Git's own files, indexes, schemas, and what editors and systems keep in hidden folders. */
  | 'hidden'
  | 'other';

/** Whether a file of a folder is imported, and if not, why. */
export function fileRole(path: string): FileRole {
  if (path.split('/').some((part) => part.startsWith('.'))) return 'hidden';
  return isMarkdownName(path) || /\.json$/i.test(path) ? 'entry' : 'other';
}
