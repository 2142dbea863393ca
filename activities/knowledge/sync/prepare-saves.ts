import type { Entry } from '../../../db/knowledge/entries.ts';
import { listEntriesAbout } from '../../../db/knowledge/entry-writes.ts';
import {
  listWaitingSaveBatches,
  type WaitingSaveBatch,
} from '../../../db/knowledge/save-batches.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Tip } from '../../../git/types.ts';
import { isIndexPath } from '../../../knowledge/entries/index-file.ts';
import type { Portion } from '../../streams/around-refusals.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { listReviewers } from '../reviews/list-reviewers.ts';
import { findHolds } from './find-holds.ts';
import { holdBack } from './hold-back.ts';
import { leaveOut, readIndexed, type Indexed } from './index-files.ts';
import { NamesAtTip } from './names-at-tip.ts';
import type { PlanSavesInput } from './plan-saves.ts';
import { readRefusedTexts } from './refused-texts.ts';
import { whyConfidential } from './require-privacy.ts';
import { objectsInTheWay, withRoomOn } from './room-at-tip.ts';

/** What {@link prepareSaves} starts from. */
export interface PrepareSavesInput {
  row: Space;
  /** How many entries were read from Git to bring the database to the tip. */
  read: number;
  /** What of the waiting saves is to be sent; `null` for all of them. */
  portion: Portion | null;
}

/**
 * What can be sent of what is waiting, its entries, each with a path of its own, and what the index files are made from.
 * The saves that must not be sent are held.
 */
export async function prepareSaves(
  deps: ActivityDependencies,
  { row, read, portion }: PrepareSavesInput,
  tip: Tip,
  execution: Execution,
): Promise<PlanSavesInput> {
  const { db, installationId } = deps;
  const waiting = await listWaitingSaveBatches(db, row.id);
  const saves = waiting.flatMap((batch) => batch.saves);
  const ids = [...new Set(saves.map(({ entryId: id }) => id))];
  const about = await listEntriesAbout(db, row.id, { paths: [], ids });
  const names = new NamesAtTip(tip);
  const list = await withRoomOn(db, row, names, about);
  const entries = new Map(list.map((entry) => [entry.id, entry]));
  const kinds = saves.flatMap(({ currentText, kind, entryId: id }) =>
    currentText === null ? [] : [kind, entries.get(id)?.kind ?? kind],
  );
  const reasons = await whyConfidential(deps, row, kinds, execution);
  const isIndex = (path: string) => isIndexPath(path, row.root);
  const all = { batches: waiting, entries: list };
  const refused = await readRefusedTexts(db, row.id, all, isIndex);
  const { held, removedOnly } = findHolds({
    ...{ batches: waiting, entries, objects: await objectsInTheWay(tip, names, list) },
    whyConfidential: (kind) => reasons.get(kind) ?? null,
    whyRefused: (entry, text) => refused.whyOf(entry, text),
  });
  const left = leftBy(portion, list);
  const kept = await holdBack(db, row, all, { held, left });
  const batches = portion?.files === undefined ? ofBatches(portion, kept) : kept;
  const sent = new Set(batches.flatMap((batch) => batch.saves.map(({ entryId: id }) => id)));
  const unsent = new Set(ids.filter((id) => held.has(id) || !sent.has(id)));
  const touched = new Set(batches.flatMap((batch) => batch.saves.map(({ kind }) => kind)));
  const indexed = await readIndexed(db, row, touched);
  return {
    ...{ row, installationId, batches, entries, removedOnly, refused, read },
    indexFiles: portion?.files === undefined ? null : new Set(portion.files.filter(isIndex)),
    reviewers: await listReviewers(
      db,
      batches.flatMap((batch) => batch.saves),
    ),
    indexed: await onlyPublishable(deps, row, leaveOut(indexed, unsent), execution),
  };
}

/** The entries that a portion of some files leaves out: those with other files. */
function leftBy(portion: Portion | null, entries: readonly Entry[]): ReadonlySet<string> {
  if (portion?.files === undefined) return new Set();
  const files = new Set(portion.files);
  return new Set(
    entries.flatMap(({ id, path, movingTo }) =>
      files.has(path) || files.has(movingTo ?? path) ? [] : [id],
    ),
  );
}

function ofBatches(
  portion: Portion | null,
  batches: readonly WaitingSaveBatch[],
): readonly WaitingSaveBatch[] {
  if (portion === null) return batches;
  const wanted = new Set(portion.batches);
  return batches.filter(({ id }) => wanted.has(id));
}

/** Without the index files that would tell of waiting saves that must not leave. */
async function onlyPublishable(
  deps: ActivityDependencies,
  row: Space,
  indexed: Indexed,
  execution: Execution,
): Promise<Indexed> {
  const waiting = new Set(indexed.entries.flatMap((entry) => (entry.waiting ? [entry.kind] : [])));
  const named = indexed.kinds.flatMap(({ name }) => (waiting.has(name) ? [name] : []));
  const reasons = await whyConfidential(deps, row, named, execution);
  return { ...indexed, kinds: indexed.kinds.filter(({ name }) => !reasons.has(name)) };
}
