import type { Kind } from '../../model/knowledge/entry.ts';
import { indexPath } from '../entries/index-file.ts';
import { builtInKinds } from './kinds.ts';

/** A kind that a schema file describes. `path` is that file's, from the repository's root. */
export interface DescribedKind {
  path: string;
  kind: Kind;
}

/** More would make every look at a path long. */
const mostKinds = 100;

/**
 * Which of the kinds that a repository describes can be used beside each other and the built-in ones, by name, and
 * why not the others: two kinds cannot have one place. Of two that ask for it a built-in one has it, else the first by name.
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
    // A kind's index file is named after its place, and two places may be named alike (`a/b`, `a-b`).
    const other = taken.find((one) => indexPath(one, '') === indexPath(kind, ''));
    if (other) problems.push({ path, message: locationTaken(kind, other) });
    else if (kinds.length === mostKinds)
      problems.push({
        path,
        message: `A space may have ${mostKinds} kinds of its own: remove some.`,
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
    ? `"${place}" is the place of the kind "${other.name}" already: give "x-gitward" another.`
    : `"${place}" and "${locationOf(other)}" of the kind "${other.name}" would have the same index file: give "x-gitward" another place.`;
}

function locationOf({ file, folder }: Kind): string {
  return file ?? folder;
}
