import type { ObjectPlace, ObjectPlaces } from './shown-object.ts';

/** A path that differs between two trees; `before` and `after` are what it is on each side. */
export interface ChangedFile<Side> {
  /** Relative to the mirror's place. */
  path: string;
  before: Side | null;
  after: Side | null;
}

/** What happened to an object in a commit. */
export interface ObjectChange<Side> {
  key: string;
  change: 'added' | 'changed' | 'removed' | 'moved';
  /** Where it was and where it is; `null` if it was not there. */
  before: ObjectPlace | null;
  after: ObjectPlace | null;
  /** Its files that differ, in the order of their paths. If it moved, a file is listed with its new path. */
  files: (ChangedFile<Side> & { previousPath: string | null })[];
}

/**
 * Sorts the changed files of a commit into the objects that they belong to, in the order of their keys.
 * Objects are told apart by the keys that both trees have for them, never by similarity: one
 * whose place differs has moved, and its files are compared under the same name in both places.
 */
export function objectChanges<Side>(
  files: readonly ChangedFile<Side>[],
  placesBefore: ObjectPlaces,
  placesAfter: ObjectPlaces,
): ObjectChange<Side>[] {
  const objects = new Map<string, Gathered<Side>>();
  function gather(place: ObjectPlace): Gathered<Side> {
    const known = objects.get(place.key) ?? { before: null, after: null, gone: [], here: [] };
    objects.set(place.key, known);
    return known;
  }
  for (const { path, before, after } of files) {
    if (before !== null) {
      const place = placesBefore.of(path);
      const of = gather(place);
      of.before ??= place;
      of.gone.push({ path, name: nameIn(place, path), side: before });
    }
    if (after !== null) {
      const place = placesAfter.of(path);
      const of = gather(place);
      of.after ??= place;
      of.here.push({ path, name: nameIn(place, path), side: after });
    }
  }
  return [...objects]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, { before, after, ...found }]) =>
      // It may have been there already, with files that did not change.
      changeOf(key, {
        before: before ?? placesBefore.at(key),
        after: after ?? placesAfter.at(key),
        ...found,
      }),
    );
}

interface SideFile<Side> {
  path: string;
  /** Its path below the object's. */
  name: string;
  side: Side;
}

interface Gathered<Side> {
  before: ObjectPlace | null;
  after: ObjectPlace | null;
  gone: SideFile<Side>[];
  here: SideFile<Side>[];
}

function changeOf<Side>(
  key: string,
  { before, after, gone, here }: Gathered<Side>,
): ObjectChange<Side> {
  const previous = new Map(gone.map((file) => [file.name, file]));
  const files = here.map(({ path, name, side }): ObjectChange<Side>['files'][number] => {
    const was = previous.get(name);
    previous.delete(name);
    const previousPath = was !== undefined && was.path !== path ? was.path : null;
    return { path, previousPath, before: was?.side ?? null, after: side };
  });
  for (const { path, side } of previous.values())
    files.push({ path, previousPath: null, before: side, after: null });
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { key, change: wordFor(before, after), before, after, files };
}

function wordFor(
  before: ObjectPlace | null,
  after: ObjectPlace | null,
): ObjectChange<unknown>['change'] {
  if (before === null) return 'added';
  if (after === null) return 'removed';
  return before.path === after.path || !isMovable(after) ? 'changed' : 'moved';
}

/** Objects of one or more files without a folder of their own are where their files are. */
function isMovable({ kind }: ObjectPlace): boolean {
  return kind !== 'catalog' && kind !== 'sample' && kind !== 'file';
}

function nameIn({ path: place }: ObjectPlace, path: string): string {
  return path.startsWith(`${place}/`) ? path.slice(place.length + 1) : '';
}
