import type { Kind } from '../../model/knowledge/entry.ts';
import { kindOfPath } from '../kinds/kinds.ts';
import { slugFault } from '../kinds/slug.ts';

/** Where an entry's file is to go: another name in the same folder, without extension, or another path in the repository. */
export type MoveTarget = { slug: string } | { path: string };

/** The longest path of an entry, in bytes. */
const longestPath = 1_000;

/**
 * The path that an entry's file gets, or why it cannot go there, as the rest of a sentence that begins with what was given.
 * It stays in the folder of its kind.
 */
export function movedPath(
  { kind, kinds, root, from }: { kind: Kind; kinds: readonly Kind[]; root: string; from: string },
  to: MoveTarget,
): { path: string } | { fault: string } {
  if (kind.file !== null) return { fault: `cannot be: ${from} is the only file of its kind` };
  const path = 'path' in to ? to.path : besides(from, to.slug);
  const parts = path.split('/');
  if (parts.includes('')) return { fault: 'must be a path in the repository, such as ' + from };
  if ('slug' in to && /[/\\]/.test(to.slug))
    return { fault: 'must be a name: give a path to move the file to another folder' };
  const folder = [root, kind.folder].filter((part) => part !== '').join('/');
  if (!path.startsWith(`${folder}/`))
    return { fault: `must be in ${folder}, the folder of the kind ${kind.name}` };
  const [extension = ''] = /\.[A-Za-z]+$/.exec(path) ?? [];
  const names = path.slice(0, path.length - extension.length).split('/');
  for (const name of names.slice(folder.split('/').length)) {
    const fault = name === '' ? 'is no name' : slugFault(name);
    if (fault !== null) return { fault: `cannot be, because "${name}" ${fault}` };
  }
  if (Buffer.byteLength(path) > longestPath)
    return { fault: `is longer than ${longestPath} bytes: choose a shorter one` };
  const other = kindOfPath(kinds, root, path);
  if (other?.name !== kind.name)
    return {
      fault:
        other === null
          ? `cannot be the file of an entry: its name must end like that of ${from}`
          : `is in the folder of the kind ${other.name}, and an entry stays in that of its kind`,
    };
  if (path.startsWith(`${from}/`) || from.startsWith(`${path}/`))
    return { fault: `and ${from} cannot both be there, not even one after the other` };
  return { path };
}

/** Another name in the folder of a file, with the file's extension, whether it was given or not. */
function besides(from: string, slug: string): string {
  const [, folder = '', extension = ''] = /^(.*\/)?[^/]*?(\.[^./]*)?$/s.exec(from) ?? [];
  return `${folder}${slug}${slug.endsWith(extension) ? '' : extension}`;
}
