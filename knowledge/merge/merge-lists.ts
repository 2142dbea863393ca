import type { JsonValue } from '../../model/knowledge/entry.ts';
import { asMap, canonicalText } from './same-value.ts';

/** A list on each side. */
export interface Lists {
  base: JsonValue[];
  git: JsonValue[];
  mine: JsonValue[];
}

/** The fields that items of lists are known by, the first that all have. */
const naturalKeys = ['id', 'url', 'email'] as const;

/** See {@link naturalKey}. */
export type NaturalKey = (typeof naturalKeys)[number];

/** What these items are known by; `null` where they are not all maps that have it. */
export function naturalKey(items: readonly JsonValue[]): NaturalKey | null {
  if (items.length === 0) return null;
  return naturalKeys.find((key) => items.every((item) => naturalKeyOf(item, key) !== null)) ?? null;
}

/** Each side's items by their keys; `null` where a side has a key twice. */
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

/** Lists as sets: Git's items in their order without what mine removed, then what mine added. */
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
