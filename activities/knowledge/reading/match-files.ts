import type { Db } from '../../../db/connect.ts';
import { listFilesAbout, type KnownFile } from '../../../db/knowledge/entry-writes.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { VersionLine } from '../../../knowledge/entries/version-line.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { keptKind } from './kept-kind.ts';
import type { DeclaredIds } from './declared-ids.ts';
import type { BlobSizes } from './measure-files.ts';
import type { BranchReading, FoundFile } from './read-branch.ts';
import { kindNamed } from './written-entry.ts';

/** An entry that a reading changes. */
export interface EntryChange {
  id: string;
  /** The file that it has now; if it was removed, the file that it had. */
  path: string;
  /** The file that it had in Git before; `null` if it was not there. */
  before: string | null;
  /** The file that it has now, whose content was not read yet; `null` if it was removed. */
  file: MatchedFile | null;
}

/** A file of an entry, without its content. */
export interface MatchedFile extends FoundFile {
  /** Bytes. */
  size: number;
}

/** What {@link matchFiles} needs. */
export interface MatchFilesInput {
  row: Pick<Space, 'id' | 'root'>;
  reading: BranchReading;
  sizes: BlobSizes;
  ids: DeclaredIds;
}

/** How many files are asked for their ids at once. */
const filesAtOnce = 1_000;

/**
 * Which file belongs to which entry after a reading. This depends only on what the database knows about Git, which
 * saves do not change. So it can be computed before the space is locked, and is still right under the lock unless
 * another reading came in between.
 */
export async function matchFiles(
  db: Db,
  { row, reading, sizes, ids }: MatchFilesInput,
): Promise<EntryChange[]> {
  const { found, removed } = reading;
  const kinds = kindsOf(reading.ownKinds);
  const files = new Map<string, (MatchedFile & { declaredId: string | null }) | null>(
    removed.map((path) => [path, null]),
  );
  for (let start = 0; start < found.length; start += filesAtOnce) {
    const some = found.slice(start, start + filesAtOnce);
    const idOf = await ids.learn(some);
    for (const file of some)
      files.set(file.path, { ...file, size: sizes.get(file.blobId) ?? 0, declaredId: idOf(file) });
  }
  const declared = [...files.values()].flatMap((file) => file?.declaredId ?? []);
  const about = await readAbout(db, row.id, [...files.keys()], declared);
  for (const { path, kind, gitBlob, ...known } of promoted(about, files))
    files.set(path, { ...known, path, kind: kindNamed(kind, kinds), blobId: gitBlob ?? '' });

  const inGit = about.filter(({ gitBlob }) => gitBlob !== null);
  const before = new Map(inGit.map(({ id, path }) => [id, path]));
  const line = new VersionLine(inGit.map(({ path, id }) => [path, id]));
  const changed = line.step(
    [...files].map(([path, file]) => ({
      path,
      blobId: file?.blobId ?? null,
      declaredId: file?.declaredId ?? null,
    })),
  );
  const known = new Map(about.map((entry) => [entry.id, entry]));
  const isAccepted = reading.held.acceptedKinds !== null;
  const rules = { root: row.root, kinds, isAccepted };
  return changed.map(({ entryId: id, path, blobId }) => {
    const file = blobId === null ? null : (files.get(path) ?? null);
    return {
      id,
      path,
      before: before.get(id) ?? null,
      file: file && { ...file, kind: keptKind(known.get(id), file, rules) },
    };
  });
}

async function readAbout(
  db: Db,
  spaceId: string,
  paths: string[],
  declared: string[],
): Promise<KnownFile[]> {
  const first = await listFilesAbout(db, spaceId, { paths, ids: declared });
  // Files that declare the id of one of these entries may get that id if the entry loses its file.
  const held = first.map(({ id }) => id);
  return listFilesAbout(db, spaceId, { paths, ids: [...declared, ...held] });
}

/** Unchanged files whose declared id was taken by another file that is now removed or has a different id. */
function promoted(about: readonly KnownFile[], files: ReadonlyMap<string, unknown>): KnownFile[] {
  const moving = new Set(about.filter(({ path }) => files.has(path)).map(({ id }) => id));
  return about.filter(
    ({ id, declaredId, path, gitBlob: blob }) =>
      declaredId !== null &&
      declaredId !== id &&
      blob !== null &&
      moving.has(declaredId) &&
      !files.has(path),
  );
}
