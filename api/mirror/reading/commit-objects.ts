import type { FileSide } from '../../../git/clones/reading-types.ts';
import {
  objectChanges,
  type ChangesPage,
  type ObjectChange,
} from '../../../model/mirror/reading/object-changes.ts';
import type { ObjectPlaces } from '../../../model/mirror/reading/shown-object.ts';
import { configurationsOfCommits, type ConfigurationNames } from './configuration-names.ts';
import type { MirrorReading, ReadCommit } from './open-reading.ts';
import { textOf } from './tree-files.ts';

/** The most files that a commit may change, and how many of an object are shown. */
const mostFiles = 200_000;
const filesAnObject = 100;
/** The largest text that is shown, and all texts of a page together, in bytes. */
const largestText = 128 * 1024;
const textsAPage = 2 * 1024 * 1024;

/** A side of a changed file, with its text if it is shown. */
export interface ShownSide {
  blob: string;
  size: number | null;
  text: string | null;
  omitted: 'too_large' | 'binary' | 'page_full' | 'symlink' | 'submodule' | 'unreadable' | null;
}

/** A changed object with the texts of its files. */
export interface ShownChange extends Omit<ObjectChange<ShownSide>, 'before' | 'after'> {
  change: ObjectChange<unknown>['change'];
  before: ObjectChange<unknown>['before'];
  after: ObjectChange<unknown>['after'];
  name: string | null;
  /** Of its configuration, as they were in the commit if the object is in one, and as they are now otherwise. */
  names: ConfigurationNames;
  filesLeftOut: number;
}

/** What a commit is compared with: the commit before it, or nothing if it is the mirror's first. */
export function parentOf(reading: MirrorReading, commit: ReadCommit): ReadCommit | null {
  return reading.commitOf(commit.position - 1);
}

/** Two commits that are compared; without a first one, everything of the second one is new. */
export interface ComparedCommits {
  from: ReadCommit | null;
  to: ReadCommit;
}

/**
 * Objects that differ between two commits, in the order of their keys, without the texts of their files. `places`: only
 * what is at one of these paths or below it; defaults to the folders of the mirror.
 */
export async function changedObjects(
  reading: MirrorReading,
  { from: parent, to: commit }: ComparedCommits,
  page: ChangesPage,
  places: readonly string[] = reading.layout.ownedFolders,
): Promise<ObjectChange<FileSide>[]> {
  const { clone, layout, inRepository } = reading;
  const folders = places.map(inRepository);
  const found = await clone.differences(parent?.sha ?? null, commit.sha, folders, mostFiles);
  const root = inRepository('');
  const start = root === '' ? 0 : root.length + 1;
  const files =
    start === 0 ? found : found.map((file) => ({ ...file, path: file.path.slice(start) }));
  const paths = files.map(({ path }) => path);
  const before =
    parent === null ? nowhere : await layout.reading.places(reading.files(parent), paths);
  // Afterwards, because what both trees have in common is then kept already.
  const after = await layout.reading.places(reading.files(commit), paths);
  return objectChanges(files, before, after, page);
}

const nowhere: ObjectPlaces = {
  of: (path) => ({ key: `file/${path}`, kind: 'file', path, ids: {} }),
  at: () => null,
};

/**
 * Adds names, ids and texts to some objects. Ends early, but not before the first one, when the texts
 * of the page become too much.
 */
export async function showChanges(
  reading: MirrorReading,
  { from: parent, to: commit }: ComparedCommits,
  changes: readonly ObjectChange<FileSide>[],
): Promise<ShownChange[]> {
  const shown: ShownChange[] = [];
  const wanted = changes.flatMap(({ files }) => idsOf(files.slice(0, filesAnObject)));
  const sizes = await reading.clone.sizes(new Set(wanted));
  const configurationsOf = configurationsOfCommits(reading);
  let left = textsAPage;
  for (const { key, change, before, after, files } of changes) {
    const some = files.slice(0, filesAnObject);
    const readable = new Set<string>();
    let full = false;
    for (const id of new Set(idsOf(some))) {
      const size = sizes.get(id);
      if (size === undefined || size > largestText) continue;
      if (size > left) full = true;
      else {
        left -= size;
        readable.add(id);
      }
    }
    if (full && shown.length > 0) break;
    const texts = new Map<string, string | null>();
    for await (const { blobId, content } of reading.clone.blobs(readable, largestText))
      texts.set(blobId, content === null ? null : textOf(content));
    const side = (of: FileSide | null): ShownSide | null => of && sideOf(of, sizes, texts);
    const tree = after !== null ? commit : parent;
    const place = after ?? before;
    const facts =
      tree === null || place === null
        ? null
        : await reading.layout.reading.describe(place, reading.files(tree));
    const withIds = <P extends typeof place>(of: P): P =>
      of && { ...of, ids: facts?.ids ?? of.ids };
    const { componentId, configurationId } = facts?.ids ?? {};
    // Which configurations a commit has was read to tell its objects apart; what only refers to one is not worth that.
    const isInside = place?.kind === 'configuration' || place?.kind === 'row';
    const known = isInside && tree !== null ? tree : reading.head;
    const names =
      componentId === undefined
        ? { configurationName: null, componentName: null }
        : (await configurationsOf(known)).names(componentId, configurationId);
    shown.push({
      ...{ key, change, name: facts?.name ?? null, names },
      before: withIds(before),
      after: withIds(after),
      files: some.map((file) => ({ ...file, before: side(file.before), after: side(file.after) })),
      filesLeftOut: files.length - some.length,
    });
  }
  return shown;
}

function idsOf(files: ObjectChange<FileSide>['files']): string[] {
  return files.flatMap(({ before, after }) =>
    [before, after].flatMap((side) => (side?.type === 'file' ? side.id : [])),
  );
}

function sideOf(
  { id: blob, type }: FileSide,
  sizes: ReadonlyMap<string, number>,
  texts: ReadonlyMap<string, string | null>,
): ShownSide {
  if (type !== 'file') return { blob, size: null, text: null, omitted: type };
  const size = sizes.get(blob) ?? null;
  if (size === null) return { blob, size, text: null, omitted: 'unreadable' };
  if (size > largestText) return { blob, size, text: null, omitted: 'too_large' };
  const text = texts.get(blob);
  if (text === undefined) return { blob, size, text: null, omitted: 'page_full' };
  return { blob, size, text, omitted: text === null ? 'binary' : null };
}
