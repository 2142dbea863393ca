import { fileRole, importLimits } from '../../../knowledge/import/import-files.ts';

/** Why a file is left out of an import. */
export type WhyLeftOut = 'hidden' | 'other' | 'table' | 'tooLarge' | 'longName' | 'notUtf8';

/** A file that is left out. */
export interface LeftOut {
  path: string;
  why: WhyLeftOut;
}

/** A file, as far as it is sorted: its path from the dropped folder, with that folder's name. */
export interface SortableFile {
  path: string;
  file: { size: number };
}

/** What is done with the files that somebody gave. */
export type Sorted<File extends SortableFile> =
  | { form: 'table'; format: 'csv' | 'json'; file: File }
  /** `name` is what the import calls a file. */
  | { form: 'texts'; files: { name: string; file: File }[]; left: LeftOut[] }
  | { form: 'refused'; why: 'nothing' | 'tooMany' | 'tooMuch'; left: LeftOut[] };

/** Bytes of the largest entry. */
const largestFile = 1024 * 1024;

/**
 * Sorts files into what one import can have: a single table, or the files of folders, whose names are as the command line makes
 * them: without the dropped folder. The folder of a kind keeps its name, since that says what is in it.
 */
export function sortFiles<File extends SortableFile>(
  given: readonly File[],
  kindFolders: readonly string[],
): Sorted<File> {
  const [only] = given;
  const format = only === undefined || given.length > 1 ? null : tableFormat(only.path);
  if (only !== undefined && format !== null)
    return only.file.size > importLimits.bytes
      ? { form: 'refused', why: 'tooMuch', left: [] }
      : { form: 'table', format, file: only };
  const left: LeftOut[] = [];
  const files: { name: string; file: File }[] = [];
  let bytes = 0;
  for (const file of given) {
    const name = nameInImport(file.path, kindFolders);
    const why = whyLeftOut(file, name);
    if (why === null) {
      files.push({ name, file });
      bytes += file.file.size;
    } else left.push({ path: file.path, why });
  }
  if (files.length === 0) return { form: 'refused', why: 'nothing', left };
  if (files.length > importLimits.items) return { form: 'refused', why: 'tooMany', left };
  if (bytes > importLimits.bytes) return { form: 'refused', why: 'tooMuch', left };
  files.sort((one, other) => (one.name < other.name ? -1 : 1));
  return { form: 'texts', files, left };
}

/** What a file is called in an import. */
export function nameInImport(path: string, kindFolders: readonly string[]): string {
  const end = path.indexOf('/');
  if (end < 0 || kindFolders.some((folder) => path.startsWith(`${folder}/`))) return path;
  return path.slice(end + 1);
}

function whyLeftOut({ path, file }: SortableFile, name: string): WhyLeftOut | null {
  if (!path.includes('/') && tableFormat(path) !== null) return 'table';
  const role = fileRole(name);
  if (role !== 'entry') return role;
  if (file.size > largestFile) return 'tooLarge';
  return name.length > importLimits.name ? 'longName' : null;
}

function tableFormat(path: string): 'csv' | 'json' | null {
  if (path.includes('/')) return null;
  if (/\.csv$/i.test(path)) return 'csv';
  return /\.json$/i.test(path) ? 'json' : null;
}
