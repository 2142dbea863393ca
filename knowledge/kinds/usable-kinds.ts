import type { Kind } from '../../model/knowledge/entry.ts';
import { indexPath } from '../entries/index-file.ts';
import { builtInKinds } from './kinds.ts';

/**
 * A kind that a schema file describes. `path` is the path of that file, relative to the repository's root.
 */
export interface DescribedKind {
  path: string;
  kind: Kind;
}

/** With more kinds, it would take long to find the kind of a path. */
const mostKinds = 100;

/**
 * Decides which of the kinds that a repository describes can be used together, next to the built-in ones, by
 * name, and why the others cannot: two kinds cannot have the same place. It belongs to a built-in kind, or
 * else to the first one by name.
 */
export function usableKinds(described: readonly DescribedKind[]): {
  kinds: Kind[];
  problems: { path: string; message: string }[];
} {
  const inOrder = [...described].sort((one, other) => (one.kind.name < other.kind.name ? -1 : 1));
  const names = new Set(inOrder.map(({ kind }) => kind.name));
  const taken = builtInKinds.filter(({ name }) => !names.has(name));
  const kinds: Kind[] = [];
  const problems: { path: string; message: string }[] = [];
  for (const { path, kind } of inOrder) {
    // A kind's index file is named after its place, and two places can have the same name there (`a/b`,
    // `a-b`).
    const other = taken.find((one) => indexPath(one, '') === indexPath(kind, ''));
    if (other) problems.push({ path, message: locationTaken(kind, other) });
    else if (kinds.length === mostKinds)
      problems.push({
        path,
        message: `A space can have at most ${mostKinds} kinds of its own: remove some.`,
      });
    else {
      kinds.push(kind);
      taken.push(kind);
    }
  }
  return { kinds, problems };
}

function locationTaken(kind: Kind, other: Kind): string {
  const place = locationOf(kind);
  const same = place === locationOf(other);
  return same
    ? `"${place}" is already the place of the kind "${other.name}": choose another in "x-gitward".`
    : `"${place}" and "${locationOf(other)}" of the kind "${other.name}" would have the same index file: choose another place in "x-gitward".`;
}

function locationOf({ file, folder }: Kind): string {
  return file ?? folder;
}
