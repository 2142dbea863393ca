import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../../model/text/json.ts';
import { configurationOf, lastId } from '../../../model/platform/object-key.ts';
import type { Configuration } from '../../../model/platform/project.ts';
import type { GivenPaths, ObjectKey } from '../../../model/platform/tree.ts';
import { firstLine } from '../guide/first-line.ts';
import { renderSteps } from './steps.ts';
import { tablePlaces } from './storage/lineage/content-tables.ts';

/** Places of a content, as a tree of keys; a place that ends here is kept whole. */
interface Places {
  whole: boolean;
  below: Map<string, Places>;
}

const ruledPlaces = renderSteps.flatMap(({ looksAt = [] }) =>
  looksAt.map((place) => place.split('.')),
);
const references = placesOf(ruledPlaces);
// Rows of old transformations have their names in their content.
const places = placesOf([['name'], ...ruledPlaces, ...tablePlaces]);

/**
 * A configuration as far as the rest of the project's tree depends on it: what names and places it, whom
 * it refers to, which tables it names, and the first line of each description. Rendered among others, an
 * outline gives them the same paths, manifest, lineage and catalogs as the whole configuration.
 */
export function outlineOf(config: Configuration): Configuration {
  return {
    ...config,
    description: firstLine(config.description),
    content: pick(config.content, places),
    rows: config.rows.map((row) => ({
      ...row,
      description: firstLine(row.description),
      content: pick(row.content, places),
    })),
  };
}

/** Whether a configuration, whole or an outline, may name other objects whose paths are in its files. */
export function refersToOthers(config: Configuration): boolean {
  return [config, ...config.rows].some(({ content }) => hasText(pick(content, references)));
}

function hasText(value: Json): boolean {
  if (value instanceof Map) return [...value.values()].some(hasText);
  if (Array.isArray(value)) return value.some(hasText);
  return typeof value === 'string' || typeof value === 'number';
}

/** Whether two outlines say the same of everything that another file may depend on: not who made which version. */
export function isSameOutline(a: Configuration, b: Configuration): boolean {
  return isDeepStrictEqual(unversioned(a), unversioned(b));
}

function unversioned(config: Configuration): Configuration {
  return { ...config, version: 0, author: null, changedAt: null, changeDescription: null };
}

/**
 * Of these configurations (outlines do), those that name an object whose path differs between two
 * renderings: only their own files can differ as well. An id may stand for something else where it is
 * found, so there may be more of them than needed.
 */
export function affectedBy(
  before: GivenPaths,
  after: GivenPaths,
  configurations: ReadonlyMap<ObjectKey, Configuration>,
): Set<ObjectKey> {
  const moved = movedConfigurations(before, after);
  const affected = new Set<ObjectKey>(moved.keys());
  if (moved.size === 0) return affected;
  const ids = [...new Set(moved.values())];
  for (const [key, config] of configurations) {
    if (affected.has(key)) continue;
    if ([config, ...config.rows].some(({ content }) => mentions(content, ids))) affected.add(key);
  }
  return affected;
}

/** The configurations that have another path, or one of whose rows has: key → id. */
function movedConfigurations(before: GivenPaths, after: GivenPaths): Map<ObjectKey, string> {
  const moved = new Map<ObjectKey, string>();
  const note = (key: ObjectKey): void => {
    const owner = configurationOf(key);
    if (owner !== null) moved.set(owner, lastId(owner));
  };
  for (const [key, path] of after) if (before.get(key) !== path) note(key);
  for (const key of before.keys()) if (!after.has(key)) note(key);
  return moved;
}

/** Whether a text or a number anywhere in a value has one of these ids in it. */
function mentions(value: Json, ids: readonly string[]): boolean {
  if (typeof value === 'string') return ids.some((id) => value.includes(id));
  if (typeof value === 'number') return ids.includes(String(value));
  if (value instanceof Map) return [...value.values()].some((item) => mentions(item, ids));
  return Array.isArray(value) && value.some((item) => mentions(item, ids));
}

/** What of a value is at these places; lists keep their lengths, and what is of another shape its kind. */
function pick<T extends Json>(value: T, { whole, below }: Places): T;
function pick(value: Json, { whole, below }: Places): Json {
  if (whole) return value;
  const each = below.get('*');
  if (Array.isArray(value)) return each === undefined ? [] : value.map((item) => pick(item, each));
  if (!(value instanceof Map)) return value;
  const picked: JsonObject = new Map();
  for (const [key, item] of value) {
    const next = below.get(key) ?? each;
    if (next !== undefined) picked.set(key, pick(item, next));
  }
  return picked;
}

function placesOf(paths: readonly (readonly string[])[]): Places {
  const root: Places = { whole: false, below: new Map() };
  for (const path of paths) {
    let node = root;
    for (const key of path) {
      const next = node.below.get(key) ?? { whole: false, below: new Map<string, Places>() };
      node.below.set(key, next);
      node = next;
    }
    node.whole = true;
  }
  return root;
}
