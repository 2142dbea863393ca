import type { Kind } from '../../model/knowledge/entry.ts';
import { haveSameIndex, placeOf } from './kind-place.ts';
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
 * else to the first one by name. Those in `first` come before all others.
 */
export function usableKinds(
  described: readonly DescribedKind[],
  first: ReadonlySet<string> = new Set(),
): {
  kinds: Kind[];
  problems: { path: string; message: string }[];
} {
  const rank = ({ name }: Kind) => `${first.has(name) ? 0 : 1}${name}`;
  const inOrder = [...described].sort((one, other) => (rank(one.kind) < rank(other.kind) ? -1 : 1));
  const names = new Set(inOrder.map(({ kind }) => kind.name));
  const taken = builtInKinds.filter(({ name }) => !names.has(name));
  const kinds: Kind[] = [];
  const problems: { path: string; message: string }[] = [];
  for (const { path, kind } of inOrder) {
    const other = taken.find((one) => haveSameIndex(one, kind));
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
  const place = placeOf(kind);
  const same = place === placeOf(other);
  return same
    ? `"${place}" is already the place of the kind "${other.name}": choose another in "x-gitward".`
    : `"${place}" and "${placeOf(other)}" of the kind "${other.name}" would have the same index file: choose another place in "x-gitward".`;
}
