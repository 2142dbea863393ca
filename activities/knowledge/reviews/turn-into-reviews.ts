import { listEntriesAbout, removeGhosts } from '../../../db/knowledge/entry-writes.ts';
import { revertToGit } from '../../../db/knowledge/reviews/saves-in-review.ts';
import { insertReview, type ReviewItem } from '../../../db/knowledge/reviews/reviews.ts';
import {
  endEmptyBatches,
  listWaitingSaveBatches,
  type WaitingSaveBatch,
} from '../../../db/knowledge/save-batches.ts';
import { lockSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { textInGit, type Entry } from '../../../db/knowledge/entries.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { neededFor } from '../../../knowledge/review/needed-for.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { composeSaves } from '../sync/compose-saves.ts';

/**
 * The host lets nobody push to the space's branch, but has pull requests: what waits becomes reviews, one of each batch, and
 * so does every later save. Returns whether that is so; saves that come from a review already are not reviewed again, and
 * wait for a person. In one transaction: a save either waits, or is in a review.
 */
export async function turnIntoReviews(
  deps: ActivityDependencies,
  row: Space,
  { signal }: Execution,
): Promise<boolean> {
  const host = await deps.reviewHosts.open(await openRemote(deps, row), { signal });
  if (host === null) return false;
  return deps.db.transaction().execute(async (trx) => {
    const spaceId = row.id;
    const space = await lockSpace(trx, spaceId);
    if (space === null) return false;
    const batches = (await listWaitingSaveBatches(trx, spaceId))
      .map((batch) => ({
        ...batch,
        saves: batch.saves.filter(({ reviewId }) => reviewId === null),
      }))
      .filter(({ saves }) => saves.length > 0);
    if (batches.length === 0) return false;
    const ids = batches.flatMap(({ saves }) => saves.map(({ entryId }) => entryId));
    const entries = new Map(
      (await listEntriesAbout(trx, spaceId, { paths: [], ids })).map((entry) => [entry.id, entry]),
    );
    const became: { saveId: string; reviewId: string }[] = [];
    for (const batch of batches) {
      const { id } = await insertReview(trx, reviewOf(space, batch, entries));
      for (const save of batch.saves) became.push({ saveId: save.id, reviewId: id });
    }
    const contents = [...entries.values()].map((entry) => contentInGit(space, entry));
    await revertToGit(trx, spaceId, { became, contents });
    await endEmptyBatches(trx, spaceId);
    await removeGhosts(trx, spaceId);
    return true;
  });
}

function reviewOf(
  space: Space,
  { person, saves }: WaitingSaveBatch,
  entries: ReadonlyMap<string, Entry>,
) {
  const items = itemsOf(saves, entries);
  const told = saves.map((save) => ({
    ...save,
    title: entries.get(save.entryId)?.title ?? '',
  }));
  const { subject, body } = composeSaves(told);
  const authors = [{ email: person.email, role: null }];
  const last = saves.at(-1);
  return {
    spaceId: space.id,
    title: subject,
    description: body,
    author: person,
    authors,
    by: { tokenId: last?.tokenId ?? null, personId: last?.personId ?? null },
    needs: neededFor(space, items, authors) ?? [],
    items,
  };
}

/** Each entry once: from what its first save was made on to what its last one made of it. */
function itemsOf(
  saves: WaitingSaveBatch['saves'],
  entries: ReadonlyMap<string, Entry>,
): ReviewItem[] {
  const items = new Map<string, ReviewItem>();
  for (const { entryId, kind, path, action, moveTo, baseText, currentText } of saves) {
    const before = items.get(entryId);
    const entry = entries.get(entryId);
    items.set(entryId, {
      ...{ entryId, kind, path: entry?.path ?? path, text: currentText },
      action:
        before !== undefined && (before.action === 'create' || action === 'move')
          ? before.action
          : action,
      moveTo: moveTo ?? before?.moveTo ?? null,
      title: entry?.title ?? '',
      baseText: before === undefined ? baseText : before.baseText,
    });
  }
  return [...items.values()];
}

/** What an entry is without its saves. */
function contentInGit({ kinds }: Space, entry: Entry) {
  const { id, gitBlob: blob } = entry;
  const text = textInGit(entry);
  const kind = kindsOf(kinds).find(({ name }) => name === entry.kind);
  const read = text === null || kind === undefined ? null : readEntry(text, kind);
  return {
    ...{ id, blob, text },
    title: read?.title ?? entry.title,
    fields: read?.fields ?? entry.fields,
    problems: read?.problems ?? entry.problems,
    declaredId: read === null ? entry.declaredId : read.id,
  };
}
