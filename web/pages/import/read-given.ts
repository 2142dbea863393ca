import type { GivenFile } from './given-file.ts';
import { sortFiles, type LeftOut, type Sorted } from './sort-files.ts';
import { readTableHead, type TableHead } from './table-head.ts';

/** A table, as it was when it was given: what is shown is what is imported. */
export interface GivenTable {
  form: 'table';
  name: string;
  format: 'csv' | 'json';
  content: string;
  head: TableHead;
}

/** Files of folders, with their texts. */
export interface GivenTexts {
  form: 'texts';
  items: { name: string; content: string }[];
  left: LeftOut[];
}

/** What can be imported of what somebody gave, or why nothing can. */
export type Given =
  | GivenTable
  | GivenTexts
  | Extract<Sorted<GivenFile>, { form: 'refused' }>
  | { form: 'unreadable'; name: string; why: 'notUtf8' | { said: string } };

/** So many files are read at once. */
const atOnce = 16;

/** Reads what somebody gave. `kindFolders` are the folders of the space's kinds. Rejects if the browser cannot read a file. */
export async function readGiven(
  files: readonly GivenFile[],
  kindFolders: readonly string[],
): Promise<Given> {
  const sorted = sortFiles(files, kindFolders);
  if (sorted.form === 'refused') return sorted;
  if (sorted.form === 'table') return readTable(sorted.file, sorted.format);
  const items: GivenTexts['items'] = [];
  const left = [...sorted.left];
  for (let start = 0; start < sorted.files.length; start += atOnce) {
    const some = sorted.files.slice(start, start + atOnce);
    const read = await Promise.all(some.map(({ file }) => textOf(file.file)));
    for (const [at, { name, file }] of some.entries()) {
      const content = read[at] ?? null;
      if (content === null) left.push({ path: file.path, why: 'notUtf8' });
      else items.push({ name, content });
    }
  }
  if (items.length === 0) return { form: 'refused', why: 'nothing', left };
  return { form: 'texts', items, left };
}

async function readTable({ path, file }: GivenFile, format: 'csv' | 'json'): Promise<Given> {
  const content = await textOf(file);
  if (content === null) return { form: 'unreadable', name: path, why: 'notUtf8' };
  try {
    return {
      form: 'table',
      name: path,
      format,
      content,
      head: await readTableHead(format, content),
    };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { form: 'unreadable', name: path, why: { said } };
  }
}

/** The text, with its byte order mark; `null` if it is not UTF-8, which would become other characters without a word. */
async function textOf(file: Blob): Promise<string | null> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
