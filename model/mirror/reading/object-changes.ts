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

/** Which objects of a commit to return. */
export interface ChangesPage {
  /** Only objects with keys after this one; `null`: from the first. */
  after: string | null;
  limit: number;
}

/**
 * Sorts the changed files of a commit into the objects that they belong to, in the order of their keys.
 * Objects are told apart by the keys that both trees have for them, never by similarity: one whose
 * place differs has moved, and its files are compared under the same name in both places. A commit may
 * change 100,000 files, so only what a page needs is made of them.
 */
export function objectChanges<Side>(
  files: readonly ChangedFile<Side>[],
  placesBefore: ObjectPlaces,
  placesAfter: ObjectPlaces,
  { after: last, limit }: ChangesPage = { after: null, limit: Infinity },
): ObjectChange<Side>[] {
  const objects = new Map<string, Gathered<Side>>();
  function gather(place: ObjectPlace): Gathered<Side> {
    const known = objects.get(place.key) ?? { before: null, after: null, gone: [], here: [] };
    objects.set(place.key, known);
    return known;
  }
  for (const file of files) {
    if (file.before !== null) {
      const place = placesBefore.of(file.path);
      const of = gather(place);
      of.before ??= place;
      of.gone.push(file);
    }
    if (file.after !== null) {
      const place = placesAfter.of(file.path);
      const of = gather(place);
      of.after ??= place;
      of.here.push(file);
    }
  }
  return [...objects.keys()]
    .filter((key) => last === null || key > last)
    .sort()
    .slice(0, limit)
    .flatMap((key) => {
      const gathered = objects.get(key);
      return gathered === undefined ? [] : changeOf(key, gathered, placesBefore, placesAfter);
    });
}

interface Gathered<Side> {
  before: ObjectPlace | null;
  after: ObjectPlace | null;
  gone: ChangedFile<Side>[];
  here: ChangedFile<Side>[];
}

function changeOf<Side>(
  key: string,
  { gone, here, ...places }: Gathered<Side>,
  placesBefore: ObjectPlaces,
  placesAfter: ObjectPlaces,
): ObjectChange<Side> {
  // It may have been there already, with files that did not change.
  const before = places.before ?? placesBefore.at(key);
  const after = places.after ?? placesAfter.at(key);
  const previous = new Map(gone.map((file) => [nameIn(before, file.path), file]));
  const files = here.map(({ path, after: side }): ObjectChange<Side>['files'][number] => {
    const name = nameIn(after, path);
    const was = previous.get(name);
    previous.delete(name);
    const previousPath = was !== undefined && was.path !== path ? was.path : null;
    return { path, previousPath, before: was?.before ?? null, after: side };
  });
  for (const { path, before: side } of previous.values())
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

/** The name of a file below the place of its object; files that are objects themselves have none. */
function nameIn(place: ObjectPlace | null, path: string): string {
  if (place === null || path === place.path) return '';
  return path.startsWith(`${place.path}/`) ? path.slice(place.path.length + 1) : path;
}
