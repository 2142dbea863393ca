import type { GivenFile } from './given-file.ts';

/** So many files are looked at: more than one import may have. */
const mostFiles = 100_000;

/** What was dropped, with all that is in folders. To be called while the event is handled: its data is gone later. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<GivenFile[]> {
  const dropped = [...items].filter(({ kind }) => kind === 'file');
  const entries = dropped.map((item) => item.webkitGetAsEntry());
  const alone = dropped.map((item) => item.getAsFile());
  if (dropped.length === 0) return chosenFiles(files);
  const found: GivenFile[] = [];
  for (const [at, entry] of entries.entries()) {
    const file = alone[at] ?? null;
    if (entry !== null) await walk(entry, found);
    else if (file !== null) found.push({ path: file.name, file });
  }
  return found;
}

/** What was chosen in a dialog. */
export function chosenFiles(files: Iterable<File>): GivenFile[] {
  return [...files]
    .slice(0, mostFiles)
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function walk(entry: FileSystemEntry, found: GivenFile[]): Promise<void> {
  if (found.length >= mostFiles) return;
  const path = entry.fullPath.replace(/^\/+/, '');
  if (isFile(entry)) found.push({ path, file: await fileOf(entry) });
  // A working copy has the whole of Git in such a folder, and nothing in it is imported.
  else if (isFolder(entry) && !entry.name.startsWith('.'))
    for (const child of await childrenOf(entry)) await walk(child, found);
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** Browsers give the content of a folder in pieces, the last of which is empty. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  while (children.length < mostFiles) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    children.push(...some);
  }
  return children;
}
