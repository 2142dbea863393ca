import type { PathChange, PathFilter } from './clone-types.ts';
import { cutFields } from '../run/cut-fields.ts';
import { KeptPaths, longestPath, newBlob } from './path-filter.ts';
import type { StreamGit } from '../run/stream-git.ts';

/** Where git runs, what ends it, and how much it may list. */
export interface TreeWork {
  cwd: string;
  signal: AbortSignal;
  /** See `CloneLimits.treeFiles`. */
  treeFiles: number;
}

/** See `Clone.changes`. Both commits must be here. */
export async function treeChanges(
  streamGit: StreamGit,
  work: TreeWork,
  { from, to, folder }: { from: string | null; to: string; folder: string },
  filter: PathFilter,
): Promise<PathChange[]> {
  const below = folder === '' ? [] : [folder];
  const paths = new KeptPaths(to, work.treeFiles, filter);
  if (from === null) {
    const args = ['ls-tree', '-r', '-z', '--full-tree', to, '--', ...below];
    await listFiles(streamGit({ ...work, args }), paths);
  } else {
    const args = [
      ...['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--no-ext-diff'],
      ...['--end-of-options', from, to, '--', ...below],
    ];
    await listDifferences(streamGit({ ...work, args }), paths);
  }
  return paths.kept;
}

async function listFiles(output: AsyncIterable<Buffer>, paths: KeptPaths): Promise<void> {
  for await (const lines of cutFields(output, 'nul', longestPath))
    for (const line of lines) {
      const text = line.toString();
      const tab = text.indexOf('\t');
      const [mode = '', , blobId = ''] = text.slice(0, tab).split(' ');
      if (mode.startsWith('100')) paths.add({ path: text.slice(tab + 1), blobId });
    }
}

async function listDifferences(output: AsyncIterable<Buffer>, paths: KeptPaths): Promise<void> {
  let line: string | null = null;
  for await (const fields of cutFields(output, 'nul', longestPath))
    for (const field of fields) {
      if (line === null) line = field.toString('latin1');
      else {
        paths.add({ path: field.toString(), blobId: newBlob(line) });
        line = null;
      }
    }
}
