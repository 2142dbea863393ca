import type { Kind } from '../model/entry.ts';

/** The kinds that every space has. */
export const builtInKinds: readonly Kind[] = [];

/** All kinds of a space: those that every space has, and its own; an own one of the same name replaces. */
export function kindsOf(own: readonly Kind[]): Kind[] {
  const names = new Set(own.map(({ name }) => name));
  return [...builtInKinds.filter(({ name }) => !names.has(name)), ...own];
}

/** The kind that a file is of by its path (from the repository's root), or `null`: it is no entry. */
export function kindOfPath(kinds: readonly Kind[], root: string, path: string): Kind | null {
  throw new Error(`Not built yet: ${kinds.length} ${root} ${path}`);
}

/** The path that a new entry gets: from a slug that a person gave, else its title, else its id. */
export function pathForNew(
  kind: Kind,
  root: string,
  name: { slug: string | null; title: string; id: string },
): string {
  throw new Error(`Not built yet: ${kind.name} ${root} ${name.id}`);
}
