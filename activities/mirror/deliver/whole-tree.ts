import type { Mirror } from '../../../db/mirror/mirrors.ts';
import { keyOf } from '../../../db/mirror/mirrors.ts';
import type { RenderedEntry } from '../../../db/mirror/rendered-files.ts';
import type { FileChange } from '../../../git/types.ts';
import type { RenderedFile, WrittenProject } from '../../../model/platform/tree.ts';
import { inPlace } from '../place.ts';
import type { ReadProject } from '../window/read-window.ts';
import { writeWhole } from '../window/render-view.ts';
import type { PartsOutcome } from '../parts/tree-parts.ts';

/** A mirror's whole tree, rendered as it is asked for: none of its bytes are kept. */
export interface WholeTree {
  row: Mirror;
  read: ReadProject;
  parts: PartsOutcome;
}

/** What going through a whole tree came to. */
export interface GoneThrough {
  /** All files. */
  entries: RenderedEntry[];
  /** Those that were not there already. */
  written: RenderedEntry[];
  /** What was there, and goes. */
  removed: string[];
  /** What rendering the project came to; `null` until all of it was. */
  project: WrittenProject | null;
}

/** Nothing of a tree yet. */
export function notGoneThrough(): GoneThrough {
  return { entries: [], written: [], removed: [], project: null };
}

/**
 * The changes that make the whole tree of what is there (path → blob id), each file made when it is
 * asked for. What was gone through is noted in `gone` on the way.
 */
export function* changesToWhole(
  tree: WholeTree,
  {
    present,
    removable,
  }: { present: ReadonlyMap<string, string>; removable: (path: string) => boolean },
  gone: GoneThrough,
): Generator<FileChange> {
  const place = (path: string): string => inPlace(tree.row.subdirectory, path);
  const paths = new Set<string>();
  for (const { path, blobId, owner, content } of filesOf(tree, gone)) {
    const entry = { path, blobId, owner };
    paths.add(path);
    gone.entries.push(entry);
    if (present.get(path) === blobId) continue;
    gone.written.push(entry);
    yield { path: place(path), content };
  }
  for (const path of present.keys()) {
    if (paths.has(path) || !removable(path)) continue;
    gone.removed.push(path);
    yield { path: place(path), content: null };
  }
}

function* filesOf({ row, read, parts }: WholeTree, gone: GoneThrough): Generator<RenderedFile> {
  const before = { ...read.before, shown: { ...read.before.shown, ...parts.shown } };
  const writing = writeWhole(keyOf(row), read.view, row.policy, before);
  for (;;) {
    const { value, done } = writing.next();
    if (done === true) {
      gone.project = value;
      break;
    }
    yield* value;
  }
  yield* parts.files;
}
