import type { JsonValue } from '../../model/knowledge/entry.ts';
import { asMap, canonicalText } from './same-value.ts';

/** The list of each side. */
export interface Lists {
  base: JsonValue[];
  git: JsonValue[];
  mine: JsonValue[];
}

/** The fields that can identify the items of a list, in order of preference. */
const naturalKeys = ['id', 'url', 'email'] as const;

/** See {@link naturalKey}. */
export type NaturalKey = (typeof naturalKeys)[number];

/** The field that identifies these items, or `null` unless all of them are maps with such a field. */
export function naturalKey(items: readonly JsonValue[]): NaturalKey | null {
  if (items.length === 0) return null;
  return naturalKeys.find((key) => items.every((item) => naturalKeyOf(item, key) !== null)) ?? null;
}

/** The items of each side by their keys, or `null` if a key occurs twice on one side. */
export function keyedItems(
  lists: Lists,
  key: NaturalKey,
): Record<keyof Lists, Map<string, JsonValue>> | null {
  const keyed = (items: JsonValue[]) =>
    new Map(items.map((item) => [naturalKeyOf(item, key) ?? '', item]));
  const maps = { base: keyed(lists.base), git: keyed(lists.git), mine: keyed(lists.mine) };
  const unique = (['base', 'git', 'mine'] as const).every(
    (side) => maps[side].size === lists[side].length,
  );
  return unique ? maps : null;
}

function naturalKeyOf(item: JsonValue, key: NaturalKey): string | null {
  const map = asMap(item);
  const value = map !== null && Object.hasOwn(map, key) ? map[key] : null;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/**
 * Merges lists as sets: Git's items in their order, without those that mine removed, followed by those that
 * mine added.
 */
export function mergeSets({ base, git, mine }: Lists): JsonValue[] {
  const texts = (items: JsonValue[]) => new Set(items.map(canonicalText));
  const [inBase, inGit, inMine] = [texts(base), texts(git), texts(mine)];
  const kept = git.filter((item) => {
    const text = canonicalText(item);
    return inMine.has(text) || !inBase.has(text);
  });
  const added = mine.filter((item) => {
    const text = canonicalText(item);
    return !inGit.has(text) && !inBase.has(text);
  });
  return [...kept, ...added];
}
