import type { Db } from '../../../db/connect.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import { moveNewEntry } from '../../../db/knowledge/entry-writes.ts';
import { lockSpaceAt } from '../../../db/knowledge/space-marks.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { isNoFolder } from '../../../git/tree-object.ts';
import type { Tip, TreeObject } from '../../../git/types.ts';
import { ancestorsOf } from '../../../model/text/ancestors.ts';
import { pathKey } from '../../../model/text/path-key.ts';
import { firstFreePath } from '../reading/first-free-path.ts';
import type { NamesAtTip } from './names-at-tip.ts';

/**
 * What is at the tip where new entries and moves want to be, and where their folders must be: what is spelled the same, or else
 * what some file systems take for it.
 */
export async function objectsInTheWay(
  tip: Tip,
  names: NamesAtTip,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, TreeObject>> {
  const fresh = entries.filter(({ gitBlob }) => gitBlob === null).map(({ path }) => path);
  const movers = new Map(
    entries.flatMap(({ path, movingTo: to }) => (to === null ? [] : [[to, path]])),
  );
  const wanted = new Set(
    [...fresh, ...movers.keys()].flatMap((path) => [path, ...ancestorsOf(path)]),
  );
  const spelled = new Map<string, string[]>();
  for (const path of wanted) {
    const alike = await names.alike(path);
    // A file that only gets another spelling is not in its own way.
    spelled.set(
      path,
      alike.filter((one) => one !== movers.get(path)),
    );
  }
  const objects = await tip.objectsAt([...new Set([...spelled.values()].flat())]);
  const inTheWay = [...spelled].flatMap(([path, alike]): [string, TreeObject][] => {
    const found = alike.map((one) => objects.get(one));
    const object = objects.get(path) ?? found.find(isNoFolder) ?? found[0];
    return object === undefined ? [] : [[path, object]];
  });
  return new Map(inTheWay);
}

/** How often a new path is looked for before the entry is held. */
const mostMoves = 20;
/** Entries that get another path in one transaction, during which others cannot save. */
const movedAtOnce = 100;

/**
 * New entries get another path if there is something at theirs that is not an entry, however it is spelled: we do not
 * touch what is not ours, and no clone could have both.
 * Throws `ChangedMeanwhile` if another worker has read further: the entries may then be in Git, with their path.
 */
export async function withRoomOn(
  db: Db,
  row: Space,
  names: NamesAtTip,
  about: Entry[],
): Promise<Entry[]> {
  const strangers = new Set<string>();
  let entries = about;
  for (let move = 0; move < mostMoves; move += 1) {
    const fresh = entries.filter(
      ({ gitBlob: git, headBlob: head }) => git === null && head !== null,
    );
    const inTheWay: Entry[] = [];
    for (const entry of fresh) if ((await names.alike(entry.path)).length > 0) inTheWay.push(entry);
    if (inTheWay.length === 0) break;
    for (const { path } of inTheWay) strangers.add(pathKey(path));
    for (let start = 0; start < inTheWay.length; start += movedAtOnce) {
      const some = inTheWay.slice(start, start + movedAtOnce);
      const moved = await moveEntries(db, row, some, strangers);
      entries = entries.map((entry) => ({ ...entry, path: moved.get(entry.id) ?? entry.path }));
    }
  }
  return entries;
}

async function moveEntries(
  db: Db,
  row: Space,
  entries: readonly Entry[],
  strangers: ReadonlySet<string>,
): Promise<Map<string, string>> {
  return db.transaction().execute(async (trx) => {
    await lockSpaceAt(trx, row);
    const moved = new Map<string, string>();
    for (const { id, path } of entries) {
      const free = await firstFreePath(trx, row.id, path, strangers);
      await moveNewEntry(trx, row.id, id, free);
      moved.set(id, free);
    }
    return moved;
  });
}
