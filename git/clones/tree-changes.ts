import type { PathChange } from './clone-types.ts';
import { cutFields } from '../run/cut-fields.ts';
import { newBlob } from './log-stream.ts';
import type { StreamGit } from '../run/stream-git.ts';

const longestField = 64 * 1024;

/** See `Clone.changes`. Both commits must be here. */
export async function treeChanges(
  streamGit: StreamGit,
  call: { cwd: string; signal: AbortSignal },
  from: string | null,
  to: string,
  folder: string,
): Promise<PathChange[]> {
  const below = folder === '' ? [] : [folder];
  return from === null
    ? allFiles(streamGit, call, ['ls-tree', '-r', '-z', '--full-tree', to, '--', ...below])
    : differences(streamGit, call, [
        ...['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--no-ext-diff'],
        ...['--end-of-options', from, to, '--', ...below],
      ]);
}

async function allFiles(
  streamGit: StreamGit,
  call: { cwd: string; signal: AbortSignal },
  args: string[],
): Promise<PathChange[]> {
  const files: PathChange[] = [];
  for await (const lines of cutFields(streamGit({ ...call, args }), 'nul', longestField))
    for (const line of lines) {
      const text = line.toString();
      const tab = text.indexOf('\t');
      const [mode = '', , blobId = ''] = text.slice(0, tab).split(' ');
      if (mode.startsWith('100')) files.push({ path: text.slice(tab + 1), blobId });
    }
  return files;
}

async function differences(
  streamGit: StreamGit,
  call: { cwd: string; signal: AbortSignal },
  args: string[],
): Promise<PathChange[]> {
  const changes: PathChange[] = [];
  let line: string | null = null;
  for await (const fields of cutFields(streamGit({ ...call, args }), 'nul', longestField))
    for (const field of fields) {
      if (line === null) line = field.toString('latin1');
      else {
        changes.push({ path: field.toString(), blobId: newBlob(line) });
        line = null;
      }
    }
  return changes;
}
