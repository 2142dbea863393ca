import type { DoneItem, OperationItem } from '../../../db/knowledge/operation-items.ts';
import { BadItem } from '../../../knowledge/import/import-entry.ts';
import type { ItemOutcome } from '../../../model/knowledge/operation.ts';
import { cut } from '../../../model/text/outside-text.ts';

/** An item of a portion: either what became of it, or what is known about it so far. */
export type ItemStep<Known> =
  | { item: OperationItem; entryId: string | null; done: DoneItem }
  | { item: OperationItem; entryId: string | null; done: null; known: Known };

/** The most characters of a message about an item: it may quote from the item. */
const longestMessage = 1_000;

/**
 * Takes all items of a portion that are not done yet one step further. `next` returns what is now known about an item,
 * or its outcome. Whatever is thrown is that item's error, since nothing but the item can be the cause: `next` must not
 * talk to anything outside.
 */
export async function eachStep<Known, Next extends object>(
  steps: readonly ItemStep<Known>[],
  next: (known: Known, item: OperationItem) => Next | ItemOutcome,
  pause: () => Promise<void>,
): Promise<ItemStep<Next>[]> {
  const taken: ItemStep<Next>[] = [];
  for (const step of steps) {
    taken.push(step.done === null ? stepOf(step, next) : step);
    await pause();
  }
  return taken;
}

function stepOf<Known, Next extends object>(
  { item, entryId, known }: Extract<ItemStep<Known>, { done: null }>,
  next: (known: Known, item: OperationItem) => Next | ItemOutcome,
): ItemStep<Next> {
  try {
    const result = next(known, item);
    return typeof result === 'string'
      ? { item, entryId, done: doneItem(item, entryId, result) }
      : { item, entryId, done: null, known: result };
  } catch (error) {
    return { item, entryId, done: failedItem(item, entryId, messageOf(error)) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof BadItem ? error.message : `It cannot be imported: ${String(error)}`;
}

/** The outcome of an item. */
export function doneItem(
  { ordinal }: OperationItem,
  entryId: string | null,
  outcome: ItemOutcome,
): DoneItem {
  return { ordinal, outcome, entryId, message: null };
}

/** The outcome of an item that cannot be imported; a row of a table is found by its place there. */
export function failedItem(
  { ordinal, place }: OperationItem,
  entryId: string | null,
  message: string,
): DoneItem {
  const said = place === null ? message : `${place}: ${message}`;
  return { ordinal, outcome: 'failed', entryId, message: cut(said, longestMessage) };
}
