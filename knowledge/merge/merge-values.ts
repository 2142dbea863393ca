import type { ConflictPart, JsonSchema, JsonValue } from '../../model/knowledge/entry.ts';
import { keyedItems, mergeSets, naturalKey, type NaturalKey } from './merge-lists.ts';
import { asMap, sameValue } from './same-value.ts';
import { isUpdated } from '../kinds/date-fields.ts';
import { schemaOfItem, schemaOfKey } from '../kinds/schema-parts.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';
import { parseLooseTime } from '../../model/text/time.ts';

/** The value of each side, or `undefined` if that side does not have it. */
export interface Sides {
  base: JsonValue | undefined;
  git: JsonValue | undefined;
  mine: JsonValue | undefined;
}

/** Decides the value of a part on which the sides differ (`undefined` to leave it out). */
export type Decide = (part: ConflictPart, sides: Sides) => JsonValue | undefined;

/** What a merge of values needs. */
export interface ValueMerge {
  /** The schema in which references (`#/…`) are resolved. */
  root: JsonSchema;
  decide: Decide;
}

/** The place of a value in the fields. */
interface FieldLocation {
  /** The form used in a part's id, in which items of lists are named by their keys. */
  name: string;
  /** A JSON Pointer, in which items of lists have their index on Git's side, or else on mine. */
  pointer: string;
  schema: JsonSchema | null;
}

/**
 * Merges the fields of an entry. The result has Git's keys in their order, followed by those that mine adds.
 */
export function mergeFields(sides: Sides, merge: ValueMerge): Record<string, JsonValue> {
  return mergeMaps(sides, { name: '', pointer: '', schema: merge.root }, merge);
}

/** Takes what only one side changed. Merges maps, sets and lists with keys by their items. */
function mergeValues(
  sides: Sides,
  location: FieldLocation,
  merge: ValueMerge,
): JsonValue | undefined {
  const { base, git, mine } = sides;
  if (sameValue(git, mine) || sameValue(base, mine)) return git;
  if (sameValue(base, git)) return mine;
  const later = isUpdated(location.schema) ? laterOf(git, mine) : undefined;
  if (later !== undefined) return later;
  if (asMap(git) !== null && asMap(mine) !== null) return mergeMaps(sides, location, merge);
  if (Array.isArray(git) && Array.isArray(mine)) {
    const lists = { base: Array.isArray(base) ? base : [], git, mine };
    const key = naturalKey([...lists.base, ...git, ...mine]);
    const keyed = key === null ? null : keyedItems(lists, key);
    if (key !== null && keyed !== null) return mergeKeyed(keyed, key, location, merge);
    if (location.schema?.uniqueItems === true) return mergeSets(lists);
  }
  return merge.decide(
    {
      id: `field:${location.name}`,
      what: 'field',
      pointer: location.pointer,
      base: base ?? null,
      git: git ?? null,
      mine: mine ?? null,
    },
    sides,
  );
}

/** The later one of two dates, of which a day begins at midnight (UTC); the one that is a date, or `undefined` if none is. */
function laterOf(git: JsonValue | undefined, mine: JsonValue | undefined): JsonValue | undefined {
  const [ofGit, ofMine] = [timeOf(git), timeOf(mine)];
  if (ofGit === null) return ofMine === null ? undefined : mine;
  return ofMine !== null && ofMine > ofGit ? mine : git;
}

function timeOf(value: JsonValue | undefined): number | null {
  return typeof value === 'string' ? (parseLooseTime(value)?.getTime() ?? null) : null;
}

function mergeMaps(
  { base, git, mine }: Sides,
  location: FieldLocation,
  merge: ValueMerge,
): Record<string, JsonValue> {
  const of = { base: asMap(base) ?? {}, git: asMap(git) ?? {}, mine: asMap(mine) ?? {} };
  const keys = new Set([...Object.keys(of.git), ...Object.keys(of.mine)]);
  const merged: [string, JsonValue][] = [];
  for (const key of keys) {
    const token = pointerToken(key);
    const value = mergeValues(
      { base: own(of.base, key), git: own(of.git, key), mine: own(of.mine, key) },
      {
        name: `${location.name}/${token}`,
        pointer: `${location.pointer}/${token}`,
        schema: schemaOfKey(location.schema, key, merge.root),
      },
      merge,
    );
    if (value !== undefined) merged.push([key, value]);
  }
  return Object.fromEntries(merged);
}

/**
 * Merges items that are identified by a key: those of Git in their order, followed by those that mine adds.
 */
function mergeKeyed(
  { base, git, mine }: Record<keyof Sides, Map<string, JsonValue>>,
  key: NaturalKey,
  location: FieldLocation,
  merge: ValueMerge,
): JsonValue[] {
  const schema = schemaOfItem(location.schema, merge.root);
  const index = new Map([...mine.keys()].map((id, at) => [id, at]));
  [...git.keys()].forEach((id, at) => index.set(id, at));
  const merged: JsonValue[] = [];
  for (const id of new Set([...git.keys(), ...mine.keys()])) {
    const value = mergeValues(
      { base: base.get(id), git: git.get(id), mine: mine.get(id) },
      {
        name: `${location.name}/${key}=${pointerToken(id)}`,
        pointer: `${location.pointer}/${index.get(id) ?? 0}`,
        schema,
      },
      merge,
    );
    if (value !== undefined) merged.push(value);
  }
  return merged;
}

function own(map: Record<string, JsonValue>, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
