import type { Space } from '../../../db/knowledge/spaces.ts';
import { listGitFiles } from '../../../db/knowledge/entry-writes.ts';
import type { Clone, PathChange } from '../../../git/clones/clone-types.ts';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { readEntryBytes, type ReadEntry } from '../../../knowledge/entries/read-entry.ts';
import { usableKinds, type DescribedKind } from '../../../knowledge/kinds/usable-kinds.ts';
import {
  isSchemaPath,
  readSchemaFile,
  schemaFolder,
} from '../../../knowledge/kinds/read-schema-file.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';

/** An entry's file on the branch. */
export interface FoundFile {
  path: string;
  kind: Kind;
  blobId: string;
  /** `text` is `null` if it is not text that we store. */
  content: ReadEntry & { text: string | null };
}

/** How the branch differs from what the database knows. */
export interface BranchReading {
  sha: string;
  /** The kinds that the repository adds. */
  ownKinds: Kind[];
  problems: { path: string; message: string }[];
  found: FoundFile[];
  /** Paths of entries that no longer exist. */
  removed: string[];
  /** Whether `found` also contains unchanged files, because they had been read with other rules. */
  everything: boolean;
}

/** What {@link readBranch} needs. */
export interface ReadBranchInput {
  row: Space;
  clone: Clone;
  /** The commit that is read. */
  sha: string;
  execution: Execution;
  /** A pause between items. */
  pause: () => Promise<void>;
}

/** Paths that are longer, or not UTF-8, cannot be entries: indexes and URLs could not contain them. */
const longestPath = 1_000;

/**
 * Reads what a commit has that the database does not know about: the differences from the commit that was read last or,
 * if those are not enough (the first time, a rewritten branch, changed schemas, a reading that was only partly taken
 * over, or on request), everything.
 */
export async function readBranch(
  { db }: Pick<ActivityDependencies, 'db'>,
  { row, clone, sha, execution, pause }: ReadBranchInput,
): Promise<BranchReading> {
  execution.step('reading the branch');
  const step = await ordinaryStep(row, clone, sha);
  const schemas = under(row.root, `${schemaFolder}/`);
  const ownKinds =
    step?.some(({ path }) => path.startsWith(schemas)) === false
      ? { kinds: row.kinds, problems: row.problems }
      : await readOwnKinds(clone, sha, row.root);
  const sameKinds = JSON.stringify(ownKinds.kinds) === JSON.stringify(row.kinds);
  const everything = row.rereadWanted || !sameKinds;
  const changes =
    step !== null && sameKinds ? step : await allChanges({ db, row, clone, sha, everything });

  const kinds = kindsOf(ownKinds.kinds);
  const wanted = new Map<string, { path: string; kind: Kind }[]>();
  const removed: string[] = [];
  // For paths that changed, problems are determined again.
  const changed = new Set(changes.map(({ path }) => path));
  const problems = ownKinds.problems.filter(
    ({ path }) => !changed.has(path) || isSchemaPath(row.root, path),
  );
  for (const { path, blobId } of changes) {
    const kind = kindOfPath(kinds, row.root, path);
    if (blobId === null || kind === null) removed.push(path);
    else if (!isUsablePath(path))
      problems.push({ path, message: 'The path is too long, or not UTF-8.' });
    else wanted.set(blobId, [...(wanted.get(blobId) ?? []), { path, kind }]);
  }

  const found: FoundFile[] = [];
  for await (const { blobId, content } of clone.blobs(wanted.keys())) {
    for (const { path, kind } of wanted.get(blobId) ?? [])
      found.push({ path, kind, blobId, content: readEntryBytes(content, kind) });
    await pause();
  }
  return { sha, ownKinds: ownKinds.kinds, problems, found, removed, everything };
}

/** The differences from the commit read last; `null` if they are not enough or that commit no longer exists. */
async function ordinaryStep(row: Space, clone: Clone, sha: string): Promise<PathChange[] | null> {
  const { syncedSha: synced, rereadWanted: reread, partlyRead } = row;
  if (synced === null || reread || partlyRead || !(await clone.has(synced))) return null;
  return clone.changes(synced, sha, row.root);
}

async function allChanges({
  db,
  row,
  clone,
  sha,
  everything,
}: {
  db: ActivityDependencies['db'];
  row: Space;
  clone: Clone;
  sha: string;
  /** Whether unchanged files are read too, with other rules. */
  everything: boolean;
}): Promise<PathChange[]> {
  const known = await listGitFiles(db, row.id);
  const there = await clone.changes(null, sha, row.root);
  const paths = new Set(there.map(({ path }) => path));
  return [
    ...there.filter(({ path, blobId }) => everything || known.get(path) !== blobId),
    ...[...known.keys()].filter((path) => !paths.has(path)).map((path) => ({ path, blobId: null })),
  ];
}

/** The kinds that schema files add. A schema that cannot be used stops nothing else. */
async function readOwnKinds(
  clone: Clone,
  sha: string,
  root: string,
): Promise<{ kinds: Kind[]; problems: { path: string; message: string }[] }> {
  const files = await clone.changes(null, sha, under(root, schemaFolder));
  const paths = new Map<string, string[]>();
  for (const { path, blobId } of files)
    if (blobId !== null && isSchemaPath(root, path))
      paths.set(blobId, [...(paths.get(blobId) ?? []), path]);
  const described: DescribedKind[] = [];
  const unread: { path: string; message: string }[] = [];
  for await (const { blobId, content } of clone.blobs(paths.keys()))
    for (const path of paths.get(blobId) ?? []) {
      const read = readSchemaFile(path, content);
      if ('kind' in read) described.push({ path, kind: read.kind });
      else unread.push({ path, message: read.problem });
    }
  const { kinds, problems } = usableKinds(described);
  return { kinds, problems: [...unread, ...problems] };
}

/** A path below the space's root, as a path in the repository. */
export function under(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}

/** Whether a path can belong to an entry: see {@link longestPath}. */
export function isUsablePath(path: string): boolean {
  return Buffer.byteLength(path) <= longestPath && !path.includes('\ufffd');
}
