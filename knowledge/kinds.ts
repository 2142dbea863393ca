import type { Kind } from '../model/entry.ts';
import { builtInKinds } from './built-in-kinds.ts';
import { slugOf } from './slug.ts';

export { builtInKinds };

/** All kinds of a space: those that every space has, and its own; an own one of the same name replaces. */
export function kindsOf(own: readonly Kind[]): Kind[] {
  const names = new Set(own.map(({ name }) => name));
  return [...builtInKinds.filter(({ name }) => !names.has(name)), ...own];
}

const extensions = { markdown: /\.(?:md|markdown)$/i, json: /\.json$/i };

/**
 * The kind that a file is of by its path (from the repository's root), or `null`: it is no entry. The longest folder
 * wins. A README is no entry, nor is what begins with `.` or `_` or lies in such a folder.
 */
export function kindOfPath(kinds: readonly Kind[], root: string, path: string): Kind | null {
  if (root !== '' && !path.startsWith(`${root}/`)) return null;
  const inner = root === '' ? path : path.slice(root.length + 1);
  let found: Kind | null = null;
  for (const kind of kinds) {
    if (kind.file === inner) return kind;
    if (kind.file !== null || kind.folder.length <= (found?.folder.length ?? -1)) continue;
    if (inner.startsWith(kind.folder) && inner[kind.folder.length] === '/') found = kind;
  }
  if (found === null || !extensions[found.format].test(inner)) return null;
  const below = inner.slice(found.folder.length);
  return /\/(?:[._]|readme\.[a-z]+$)/i.test(below) ? null : found;
}

/**
 * The path that a new entry gets, from the repository's root: from a slug that a person gave, else its title, else its id. It may be
 * taken.
 */
export function pathForNew(
  kind: Kind,
  root: string,
  name: { slug: string | null; title: string; id: string },
): string {
  const inner = kind.file ?? `${kind.folder}/${stemOf(name)}${endings[kind.format]}`;
  return root === '' ? inner : `${root}/${inner}`;
}

const endings = { markdown: '.md', json: '.json' };

function stemOf({ slug, title, id }: { slug: string | null; title: string; id: string }): string {
  for (const text of [slug ?? '', title, id]) {
    const stem = slugOf(text);
    if (stem !== '') return stem;
  }
  return 'entry';
}
