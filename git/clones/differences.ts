import { StreamFailure } from '../../model/streams/errors.ts';
import type { FileDifference, FileSide } from './reading-types.ts';
import { longestPath } from './path-filter.ts';
import { typeOfMode } from './tree-objects.ts';
import { cutFields } from '../run/cut-fields.ts';
import type { StreamGit } from '../run/stream-git.ts';

/** Git knows the empty tree by its id, also where nobody has stored it. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** See `LineReads.differences`. */
export async function listDifferences(
  streamGit: StreamGit,
  work: { cwd: string; signal: AbortSignal },
  { from, to, folders }: { from: string | null; to: string; folders: readonly string[] },
  most: number,
): Promise<FileDifference[]> {
  const args = [
    ...['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--no-ext-diff'],
    ...['--end-of-options', from ?? emptyTree, to, '--', ...folders],
  ];
  const found: FileDifference[] = [];
  let sides: Pick<FileDifference, 'before' | 'after'> | null = null;
  for await (const fields of cutFields(streamGit({ ...work, args }), 'nul', longestPath))
    for (const field of fields) {
      if (sides === null) {
        sides = sidesOf(field.toString('latin1'));
        continue;
      }
      found.push({ path: field.toString(), ...sides });
      sides = null;
      if (found.length > most) throw tooMany(to, most);
    }
  return found;
}

/** `:<old mode> <new mode> <old id> <new id> <status>`. */
function sidesOf(line: string): Pick<FileDifference, 'before' | 'after'> {
  const [oldMode = '', newMode = '', oldId = '', newId = ''] = line.slice(1).split(' ');
  return { before: sideOf(oldMode, oldId), after: sideOf(newMode, newId) };
}

function sideOf(mode: string, id: string): FileSide | null {
  if (mode === '000000') return null;
  const type = typeOfMode(mode);
  return type === 'folder' ? null : { id, type };
}

function tooMany(sha: string, most: number): StreamFailure {
  return new StreamFailure(
    'too_many_files',
    `Commit ${sha} changes more than ${most.toLocaleString('en')} files. Look at it with git.`,
  );
}
