import { listGitFiles } from '../../../db/knowledge/entry-writes.ts';
import { replaceItems, type NewItem } from '../../../db/knowledge/operation-items.ts';
import { lockOperation } from '../../../db/knowledge/operations.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { findSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { FilePaths, filesWanted } from '../reading/file-paths.ts';
import { failWithoutSpace } from './ending.ts';
import type { Chunks, OperationRun } from './operation-run.ts';

/**
 * What the next sync would do in addition to reading everything again, as one chunk: the entries that are new, changed
 * or removed on the branch.
 */
export async function* lookAhead(run: OperationRun): Chunks {
  const { deps, row } = run;
  const space = await findSpace(deps.db, row.spaceId);
  const ahead = space === null ? null : await compare(run, space);
  const noted = await deps.db.transaction().execute(async (trx) => {
    if ((await lockOperation(trx, row.id)) === null) return false;
    if (ahead === null) {
      await failWithoutSpace(trx, row);
      return false;
    }
    await replaceItems(trx, row.id, ahead.items, { unchanged: ahead.unchanged });
    return true;
  });
  yield noted ? 'done' : 'ended';
}

async function compare(
  { deps, execution }: OperationRun,
  space: Space,
): Promise<{ items: NewItem[]; unchanged: number }> {
  const { db, sealer, clones } = deps;
  const { signal, step } = execution;
  const paths = new FilePaths(space.root, kindsOf(space.kinds));
  const wanted = filesWanted(deps.readingLimits, (path) => paths.kindOf(path) !== null);
  const found = await clones.withClone(
    await openRemote({ db, sealer }, space),
    'fresh',
    async (clone) => (clone.tip === null ? [] : clone.changes(null, clone.tip, space.root, wanted)),
    { signal, onProgress: step },
  );
  const known = await listGitFiles(db, space.id);
  const there = new Set(found.map(({ path }) => path));
  const toRead = found.filter(({ path, blobId }) => known.get(path) !== blobId);
  const toRemove = [...known.keys()].filter((path) => !there.has(path));
  const items: NewItem[] = [
    ...toRead.map(({ path }) => ({ name: path, content: null, outcome: 'would_read' as const })),
    ...toRemove.map((path) => ({ name: path, content: null, outcome: 'would_remove' as const })),
  ];
  return { items, unchanged: found.length - toRead.length };
}
