import type { Entry } from '../../../db/knowledge/entries.ts';
import type { WaitingSaveBatch } from '../../../db/knowledge/save-batches.ts';
import type { Save } from '../../../db/knowledge/saves.ts';
import { isNoFolder } from '../../../git/tree-object.ts';
import type { TreeObject } from '../../../git/types.ts';
import type { Hold } from '../../../model/knowledge/hold.ts';
import { ancestorsOf } from '../../../model/text/ancestors.ts';
import { pathKey } from '../../../model/text/path-key.ts';

/** What of the waiting saves must not be sent now. */
export interface Holds {
  /** The entries whose saves are held, by id. */
  held: ReadonlyMap<string, Hold>;
  /**
   * Entries that are about to be removed, so that nothing is in the way of that, but whose earlier waiting texts must
   * not get into Git on the way.
   */
  removedOnly: ReadonlySet<string>;
}

/** What {@link findHolds} decides from. */
export interface HoldFacts {
  batches: readonly WaitingSaveBatch[];
  /** The entries of the batches' saves, by id. */
  entries: ReadonlyMap<string, Entry>;
  /** What is at the tip where new entries and moves want to be, and at the folders there; not what is moved itself. */
  objects: ReadonlyMap<string, TreeObject>;
  /** Why texts of this kind must not leave; `null` if they may. */
  whyConfidential: (kind: string) => string | null;
  /** What the host said when it refused this text of an entry, or its removal; `null` if it did not. */
  whyRefused: (entry: Entry, text: string | null) => string | null;
}

/**
 * Finds the entries whose waiting saves must not be sent to this tip: new ones whose file would replace something else,
 * and those that must not leave, and those that the host refuses. Of two new entries that are in each other's way, the one that was saved first is sent.
 */
export function findHolds(facts: HoldFacts): Holds {
  const { batches, entries, objects, whyConfidential, whyRefused } = facts;
  const held = new Map<string, Hold>();
  const removedOnly = new Set<string>();
  const paths = new NewPaths(objects);
  for (const [id, saves] of savesByEntry(batches)) {
    const entry = entries.get(id);
    if (entry === undefined) continue;
    const hold =
      confidential(entry, saves, whyConfidential) ??
      blocked(entry, paths) ??
      refused(entry, saves, whyRefused);
    if (hold === null) continue;
    const isRemoval = saves.at(-1)?.currentText === null;
    if (isRemoval && hold.code !== 'file_refused') removedOnly.add(id);
    else held.set(id, hold);
  }
  return { held, removedOnly };
}

/** The entries with their saves, in the order of each entry's first one. */
function savesByEntry(batches: readonly WaitingSaveBatch[]): Map<string, Save[]> {
  const groups = new Map<string, Save[]>();
  const saves = batches.flatMap((batch) => batch.saves);
  for (const save of saves.toSorted((one, other) => one.sequence - other.sequence)) {
    const group = groups.get(save.entryId);
    if (group === undefined) groups.set(save.entryId, [save]);
    else group.push(save);
  }
  return groups;
}

function confidential(
  entry: Entry,
  saves: readonly Save[],
  whyConfidential: HoldFacts['whyConfidential'],
): Hold | null {
  if (saves.every(({ currentText }) => currentText === null)) return null;
  for (const kind of new Set([entry.kind, ...saves.map((save) => save.kind)])) {
    const message = whyConfidential(kind);
    if (message !== null) return { code: 'public_repository', message };
  }
  return null;
}

/** What counts is the last text: if an earlier one is refused, it is left out. */
function refused(
  entry: Entry,
  saves: readonly Save[],
  whyRefused: HoldFacts['whyRefused'],
): Hold | null {
  const text = saves.at(-1)?.currentText ?? null;
  const path = text === null ? entry.path : (entry.movingTo ?? entry.path);
  const rule = whyRefused(entry, text);
  if (rule === null) return null;
  return {
    code: 'file_refused',
    message: `The Git host refuses ${path}: ${rule}. Change the entry, or retry once the host takes it.`,
  };
}

/** Where an entry that is in Git has its file is decided by Git, unless somebody moves it. */
function blocked({ gitBlob, path, movingTo }: Entry, paths: NewPaths): Hold | null {
  const obstacle = gitBlob === null ? paths.take(path) : null;
  if (obstacle !== null)
    return {
      code: 'path_blocked',
      message: `${path} cannot be a file, because ${obstacle}. Move that in Git, or remove this entry and save it under another name.`,
    };
  const there = movingTo === null || movingTo === path ? null : paths.take(movingTo);
  if (there === null) return null;
  return {
    code: 'path_blocked',
    message: `${path} cannot be moved to ${movingTo}, because ${there}. Move that in Git, or move this entry to another name.`,
  };
}

/** The paths of new entries and of those that are moved, which take them one after another, however they are spelled. */
class NewPaths {
  readonly #objects: ReadonlyMap<string, TreeObject>;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  constructor(objects: ReadonlyMap<string, TreeObject>) {
    this.#objects = objects;
  }

  /** Takes a path; if something is in the way, says what instead. */
  take(path: string): string | null {
    const folders = ancestorsOf(path);
    for (const folder of folders) {
      const object = this.#objects.get(folder);
      if (isNoFolder(object))
        return `${folder} is a ${object.type} in the repository, not a folder`;
      if (this.#files.has(pathKey(folder)))
        return `${folder} is the file of an entry that was saved before`;
    }
    const object = this.#objects.get(path)?.type;
    if (object !== undefined) return `there is a ${object} in the repository`;
    if (this.#folders.has(pathKey(path)))
      return 'it is the folder of an entry that was saved before';
    this.#files.add(pathKey(path));
    for (const folder of folders) this.#folders.add(pathKey(folder));
    return null;
  }
}
