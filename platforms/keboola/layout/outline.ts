import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../../model/text/json.ts';
import { configurationOf, lastId } from '../../../model/platform/object-key.ts';
import type { Configuration, ConfigurationRow } from '../../../model/platform/project.ts';
import type { GivenPaths, ObjectKey } from '../../../model/platform/tree.ts';
import { firstLine } from '../guide/first-line.ts';
import { readabilityOf } from './readability.ts';
import { renderSteps } from './steps.ts';
import { tablePlaces } from './storage/lineage/content-tables.ts';

/** Places in a content, as a tree of keys. The value at the end of a place is kept completely. */
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
 * The part of a configuration that the rest of the project's tree depends on: what determines its name and
 * place, whether the CLI can read it, the objects it refers to, the tables it names, and the first line of each description. When other
 * configurations are rendered, an outline has the same effect on paths, manifest, lineage and catalogs as the
 * complete configuration.
 */
export function outlineOf(config: Configuration): Configuration {
  return {
    ...withoutRest(config),
    readability: readabilityOf(config),
    rows: config.rows.map(withoutRest),
  };
}

function withoutRest<T extends Configuration | ConfigurationRow>(one: T): T {
  const outline = {
    ...one,
    description: firstLine(one.description),
    content: pick(one.content, places),
  };
  delete outline.oddContent;
  delete outline.exactNumbers;
  return outline;
}

/**
 * Whether a configuration (or an outline) can refer to other objects whose paths then appear in its files.
 */
export function refersToOthers(config: Configuration): boolean {
  return [config, ...config.rows].some(({ content }) => hasText(pick(content, references)));
}

function hasText(value: Json): boolean {
  if (value instanceof Map) return [...value.values()].some(hasText);
  if (Array.isArray(value)) return value.some(hasText);
  return typeof value === 'string' || typeof value === 'number';
}

/**
 * Whether two outlines are the same in everything that other files may depend on, which does not include who
 * made which version.
 */
export function isSameOutline(a: Configuration, b: Configuration): boolean {
  return isDeepStrictEqual(unversioned(a), unversioned(b));
}

function unversioned(config: Configuration): Configuration {
  return { ...config, version: 0, author: null, changedAt: null, changeDescription: null };
}

/**
 * Those of these configurations (or outlines) that moved, or that name an object whose path differs between
 * two renderings. Only their own files can differ too. An id may mean something else where it is found, so
 * the result may include more than necessary.
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

/** The configurations whose path changed, or that have a row whose path changed: key → id. */
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

/** Whether a text or a number anywhere in a value contains one of these ids. */
function mentions(value: Json, ids: readonly string[]): boolean {
  if (typeof value === 'string') return ids.some((id) => value.includes(id));
  if (typeof value === 'number') return ids.includes(String(value));
  if (value instanceof Map) return [...value.values()].some((item) => mentions(item, ids));
  return Array.isArray(value) && value.some((item) => mentions(item, ids));
}

/**
 * The parts of a value at these places. Lists keep their lengths, and values with a different form keep their
 * type.
 */
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
