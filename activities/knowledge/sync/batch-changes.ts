import type { Entry } from '../../../db/knowledge/entries.ts';
import type { WaitingSaveBatch } from '../../../db/knowledge/save-batches.ts';
import type { FileChange, TreeObject } from '../../../git/types.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import type { RefusedTexts } from './refused-texts.ts';

/** What {@link changesOf} needs besides the batch. */
export interface BatchFacts {
  /** The entries of the batches' saves, by id. */
  entries: ReadonlyMap<string, Entry>;
  /** Entries of which only the removal may be sent: see `Holds`. */
  removedOnly: ReadonlySet<string>;
  /** Texts that the host refuses: a later text of the same entry is sent instead. */
  refused: RefusedTexts;
}

/** A file, as the commits of a plan find it and leave it. */
type PresentFile = Pick<TreeObject, 'id' | 'executable'>;

/** The files among these objects. */
export function filesOf(objects: ReadonlyMap<string, TreeObject>): Map<string, PresentFile> {
  return new Map([...objects].filter(([, { type }]) => type === 'file'));
}

/** How the commits of a plan so far leave the branch. */
export interface Left {
  /** The files at the paths of entries. */
  present: Map<string, PresentFile>;
  /** Where entries have their files, by id. */
  places: Map<string, string>;
}

/** What a batch changes after the batches before it; notes its changes in `left`. */
export function changesOf(
  { entries, removedOnly, refused }: BatchFacts,
  { saves }: WaitingSaveBatch,
  { present, places }: Left,
): FileChange[] {
  const wanted = new Map<string, string | null>();
  const moving = new Set<string>();
  for (const { entryId: id, currentText: text, moveTo } of saves) {
    const entry = entries.get(id);
    if (entry === undefined) continue;
    // What is not in Git needs no removal: at its path there may be something else.
    if (removedOnly.has(id) && (text !== null || entry.gitBlob === null)) continue;
    if (moveTo !== null) moving.add(id);
    wanted.set(id, text);
  }
  return [...wanted].flatMap(([id, text]) => {
    const entry = entries.get(id);
    if (entry === undefined) return [];
    const place = places.get(id) ?? entry.path;
    // Where the newest move wants it: those before it need not be followed.
    const path = moving.has(id) && text !== null ? (entry.movingTo ?? place) : place;
    const isRefused =
      refused.why(path, text) !== null || (path !== place && refused.why(place, null) !== null);
    if (isRefused) return [];
    places.set(id, path);
    const was = present.get(place);
    if (path === place || text === null) return changeOf(present, path, text, was);
    return [...changeOf(present, place, null), ...changeOf(present, path, text, was)];
  });
}

/** The change that a path needs; also noted in `present`, for the commits after it. A new file gets the mode of `like`. */
function changeOf(
  present: Map<string, PresentFile>,
  path: string,
  text: string | null,
  like?: PresentFile,
): FileChange[] {
  if (text === null) return present.delete(path) ? [{ path, content: null }] : [];
  const was = present.get(path);
  const id = textBlobId(text);
  if (was?.id === id) return [];
  const executable = (was ?? like)?.executable ?? false;
  present.set(path, { id, executable });
  return [{ path, content: Buffer.from(text), executable }];
}
