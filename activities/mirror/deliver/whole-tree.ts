import type { Mirror } from '../../../db/mirror/mirrors.ts';
import { mirrorKey } from '../../../db/mirror/mirrors.ts';
import type { RenderedEntry } from '../../../db/mirror/rendered-files.ts';
import type { FileChange } from '../../../git/types.ts';
import type { SentFile } from '../../../model/streams/refusal.ts';
import type { Amount } from '../../../model/streams/progress.ts';
import type { RenderedFile, WrittenProject } from '../../../model/platform/tree.ts';
import { attributesOf } from '../attributes.ts';
import { inPlace } from '../place.ts';
import type { TreeGuard } from '../tree-guard.ts';
import type { ReadProject } from '../window/read-window.ts';
import { writeWhole } from '../window/render-view.ts';
import type { PartsOutcome } from '../parts/tree-parts.ts';

/** A mirror's whole tree, rendered on demand: none of its bytes are kept. */
export interface WholeTree {
  row: Mirror;
  read: ReadProject;
  parts: PartsOutcome;
  /** The guard of one rendering. */
  newGuard: () => TreeGuard;
}

/** The result of rendering a whole tree. */
export interface Rendering {
  /** All files. */
  entries: RenderedEntry[];
  /** Those that were not already there. */
  written: RenderedEntry[];
  /** Paths that were there and are removed. */
  removed: string[];
  /** The result of rendering the project. */
  project: WrittenProject;
  /** What looked at the files. */
  guard: TreeGuard;
}

/**
 * The changes that turn what is there (path → blob id) into the whole tree. Each file is rendered when it
 * is requested. Returns the result of rendering everything.
 */
export function* changesToWhole(
  tree: WholeTree,
  {
    present,
    removable,
    isSent,
    onProgress,
  }: {
    present: ReadonlyMap<string, string>;
    removable: (path: string) => boolean;
    /** Whether a file that differs is sent, or stays as it is there. */
    isSent: (file: Omit<SentFile, 'batch'>) => boolean;
    /** Told of how many objects of how many have been rendered. */
    onProgress: (amount: Amount) => void;
  },
): Generator<FileChange, Rendering> {
  const place = (path: string): string => inPlace(tree.row.subdirectory, path);
  const entries: RenderedEntry[] = [];
  const written: RenderedEntry[] = [];
  const guard = tree.newGuard();
  const files = filesOf(tree, onProgress);
  let next = files.next();
  for (; next.done !== true; next = files.next()) {
    const known = guard.asBefore(next.value);
    if (known !== null && present.get(known.path) === known.blobId) {
      entries.push(known);
      continue;
    }
    const { path, blobId, owner, content, maskedFrom = null } = guard.look(next.value);
    const entry = { path, blobId, owner, maskedFrom };
    entries.push(entry);
    if (present.get(path) === blobId) continue;
    if (!isSent({ path, blobId, size: content.length })) continue;
    written.push(entry);
    yield { path: place(path), content };
  }
  const paths = new Set(entries.map(({ path }) => path));
  const removed = [...present.keys()].filter((path) => !paths.has(path) && removable(path));
  for (const path of removed) yield { path: place(path), content: null };
  return { entries, written, removed, project: next.value, guard };
}

function* filesOf(
  { row, read, parts }: WholeTree,
  onProgress: (amount: Amount) => void,
): Generator<RenderedFile, WrittenProject> {
  const before = { ...read.before, shown: { ...read.before.shown, ...parts.shown } };
  const writing = writeWhole(mirrorKey(row), read.view, row.policy, before, onProgress);
  let next = writing.next();
  const paths = new Set<string>();
  function* seen(some: readonly RenderedFile[]): Generator<RenderedFile> {
    for (const file of some) {
      if (row.policy.attributes === true) paths.add(file.path);
      yield file;
    }
  }
  for (; next.done !== true; next = writing.next()) yield* seen(next.value);
  yield* seen(parts.files);
  yield* attributesOf(row, paths);
  return next.value;
}
