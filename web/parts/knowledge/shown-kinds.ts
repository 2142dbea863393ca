import type { Space } from '../../api/types.ts';
import { kindWords, type KindWords } from './kind-words.ts';

/** A kind as menus show it. */
export interface ShownKind extends KindWords {
  name: string;
  /** How many entries of it there are. */
  count: number;
}

/** The kinds of a space by name: those with entries, and those that nobody has used yet. `elsewhere` are shown at a place of their own. */
export function shownKinds(
  space: Pick<Space, 'kinds' | 'entries'> | undefined,
  elsewhere: readonly string[] = [],
): {
  used: ShownKind[];
  unused: ShownKind[];
} {
  const all = (space?.kinds ?? [])
    .filter(({ name }) => !elsewhere.includes(name))
    .map((kind) => ({
      ...kindWords(kind),
      name: kind.name,
      count: space?.entries[kind.name] ?? 0,
    }))
    .sort((one, other) => one.many.localeCompare(other.many, 'en'));
  return {
    used: all.filter(({ count }) => count > 0),
    unused: all.filter(({ count }) => count === 0),
  };
}
