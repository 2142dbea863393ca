import type { Db } from '../../../db/connect.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import { listEntriesAbout } from '../../../db/knowledge/entry-writes.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { VersionLine } from '../../../knowledge/entries/version-line.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { BranchReading } from './read-branch.ts';
import { gitSideOf, usableId, type GitSide } from './written-entry.ts';

/** An entry that a reading changes. */
export interface EntryChange {
  id: string;
  /** The file that it has now; if it was removed, the file that it had. */
  path: string;
  /** The file that it had in Git before; `null` if it was not there. */
  before: string | null;
  git: GitSide;
}

/**
 * Which file belongs to which entry after a reading. This depends only on what the database knows about Git, which
 * saves do not change. So it can be computed before the space is locked, and is still right under the lock unless
 * another reading came in between.
 */
export async function matchFiles(
  db: Db,
  row: Pick<Space, 'id'>,
  reading: BranchReading,
): Promise<EntryChange[]> {
  const { found, removed } = reading;
  const kinds = kindsOf(reading.ownKinds);
  const files = new Map<string, GitSide>([
    ...removed.map((path) => [path, null] as const),
    ...found.map((file) => [file.path, file] as const),
  ]);
  const declared = found.flatMap(({ content }) => usableId(content) ?? []);
  const about = await readAbout(db, row.id, [...files.keys()], declared);
  for (const entry of promoted(about, files)) files.set(entry.path, gitSideOf(entry, kinds));

  const inGit = about.filter(({ gitBlob }) => gitBlob !== null);
  const before = new Map(inGit.map(({ id, path }) => [id, path]));
  const line = new VersionLine(inGit.map(({ path, id }) => [path, id]));
  const changed = line.step(
    [...files].map(([path, file]) => ({
      path,
      blobId: file?.blobId ?? null,
      declaredId: file === null ? null : usableId(file.content),
    })),
  );
  return changed.map(({ entryId: id, path, blobId }) => ({
    id,
    path,
    before: before.get(id) ?? null,
    git: blobId === null ? null : (files.get(path) ?? null),
  }));
}

async function readAbout(
  db: Db,
  spaceId: string,
  paths: string[],
  declared: string[],
): Promise<Entry[]> {
  const first = await listEntriesAbout(db, spaceId, { paths, ids: declared });
  // Files that declare the id of one of these entries may get that id if the entry loses its file.
  const held = first.map(({ id }) => id);
  return listEntriesAbout(db, spaceId, { paths, ids: [...declared, ...held] });
}

/** Unchanged files whose declared id was taken by another file that is now removed or has a different id. */
function promoted(about: readonly Entry[], files: ReadonlyMap<string, GitSide>): Entry[] {
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
