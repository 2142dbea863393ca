import { createHash } from 'node:crypto';
import { listIndexed, type IndexedRow } from '../../../db/knowledge/entry-writes.ts';
import type { Db } from '../../../db/connect.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { plannedCommit } from '../../../git/planned-commit.ts';
import { isNoFolder } from '../../../git/tree-object.ts';
import type { FileChange, PlannedCommit, Tip, TreeObject } from '../../../git/types.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { indexPath, longestIndexed, renderIndex } from '../../../knowledge/entries/index-file.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { gitward } from '../../../model/streams/author.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { ancestorsOf } from '../../../model/text/ancestors.ts';

/** What index files are made from: the kinds whose files may have changed, and all of their entries. */
export interface Indexed {
  kinds: Kind[];
  entries: IndexedRow[];
}

/**
 * The entries of the touched kinds (the files of the others were right at the synced commit), including waiting saves,
 * since those will be in Git when the index files are.
 */
export async function readIndexed(
  db: Db,
  row: Space,
  touched: ReadonlySet<string>,
): Promise<Indexed> {
  const known = row.indexedSha === row.syncedSha;
  const kinds = row.rules.index
    ? kindsOf(row.kinds).filter(({ name }) => !known || touched.has(name))
    : [];
  if (kinds.length === 0) return { kinds, entries: [] };
  const names = kinds.map(({ name }) => name);
  const fields = {
    names: [...new Set(kinds.flatMap(({ indexFields }) => indexFields))],
    longest: 2 * longestIndexed,
  };
  return { kinds, entries: await listIndexed(db, row.id, names, fields) };
}

/**
 * Without the entries that are held: new ones are not listed, and where others have a held change, the kind's index file
 * stays as it is.
 */
export function leaveOut(
  { kinds, entries }: Indexed,
  held: { has: (id: string) => boolean },
): Indexed {
  const stay = new Set(
    entries.flatMap(({ id, kind, isNew }) => (held.has(id) && !isNew ? [kind] : [])),
  );
  return {
    kinds: kinds.filter(({ name }) => !stay.has(name)),
    entries: entries.filter(({ id }) => !held.has(id)),
  };
}

/** The index files that differ from the tip: a file for each kind that has entries, and none for the others. */
export async function indexChanges(
  tip: Tip,
  root: string,
  { kinds, entries }: Indexed,
): Promise<FileChange[]> {
  if (kinds.length === 0) return [];
  const paths = kinds.map((kind) => indexPath(kind, root));
  const objects = await tip.objectsAt([
    ...new Set(paths.flatMap((path) => [path, ...ancestorsOf(path)])),
  ]);
  return kinds.flatMap((kind): FileChange[] => {
    const path = indexPath(kind, root);
    if (isBlocked(path, objects)) return [];
    const ofKind = entries.filter((entry) => entry.kind === kind.name);
    const present = objects.get(path);
    if (ofKind.length === 0) return present === undefined ? [] : [{ path, content: null }];
    const text = renderIndex(kind, ofKind);
    if (present?.id === textBlobId(text)) return [];
    return [{ path, content: Buffer.from(text), executable: present?.executable ?? false }];
  });
}

/** Whether something that is not ours is where the file or its folder would be: it stays, and there is no index file. */
function isBlocked(path: string, objects: ReadonlyMap<string, TreeObject>): boolean {
  return (
    ancestorsOf(path).some((folder) => isNoFolder(objects.get(folder))) ||
    ['folder', 'submodule'].includes(objects.get(path)?.type ?? '')
  );
}

/** The kinds whose index files among these changes mention entries with waiting saves. */
export function listedKinds(
  root: string,
  { kinds, entries }: Indexed,
  changes: readonly FileChange[],
): string[] {
  const written = new Set(changes.flatMap(({ path, content }) => (content === null ? [] : [path])));
  const waiting = new Set(entries.flatMap((entry) => (entry.waiting ? [entry.kind] : [])));
  return kinds.flatMap((kind) =>
    waiting.has(kind.name) && written.has(indexPath(kind, root)) ? [kind.name] : [],
  );
}

/** A commit of only index files: somebody else's push changed the entries that they list. */
export function indexCommit(
  { row, installationId, tip }: { row: Space; installationId: string; tip: Tip },
  changes: FileChange[],
): PlannedCommit {
  return plannedCommit(
    changes,
    {
      author: gitward,
      coAuthors: [],
      // It is never earlier than its parent: the deliverer takes the later of the two times.
      authoredAt: row.syncedAt ?? new Date(0),
      subject: 'Bring the index up to date',
      body: '',
    },
    {
      stream: spaceStream(row.id),
      installation: installationId,
      // It has no batch; with this id, the same index on the same tip is the same commit.
      batches: [idOf(tip.sha ?? 'none')],
      through: row.lastSequence,
      reason: 'catch-up',
    },
  );
}

function idOf(seed: string): string {
  const hex = createHash('sha256').update(`index ${seed}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
