import type { EntryFields } from '../../model/knowledge/entry.ts';

/** A block that may follow a prompt. */
export interface Block {
  id: string;
  fields: EntryFields;
}

/**
 * The ids of the blocks that follow a prompt when it is rendered, in order. They are those that its field `blocks` names, or
 * else all of its category; if it has none, those without a category. Blocks with `active: false` are left out. The order is that of `sortOrder`,
 * then that of the ids; blocks without `sortOrder` come last. `missing` are named blocks that do not exist.
 */
export function joinedBlocks(
  prompt: EntryFields,
  all: readonly Block[],
): { ids: string[]; missing: string[] } {
  const named = namedBlocks(prompt);
  const isWanted =
    named === null
      ? ({ fields }: Block) => categoryOf(fields) === categoryOf(prompt)
      : ({ id }: Block) => named.has(id);
  const wanted = all.filter((block) => isWanted(block) && block.fields.active !== false);
  const known = new Set(all.map(({ id }) => id));
  return {
    ids: wanted.sort(inOrder).map(({ id }) => id),
    missing: [...(named ?? [])].filter((id) => !known.has(id)),
  };
}

function namedBlocks({ blocks }: EntryFields): Set<string> | null {
  if (!Array.isArray(blocks)) return null;
  return new Set(blocks.filter((id) => ['string', 'number'].includes(typeof id)).map(String));
}

function categoryOf({ category }: EntryFields): string {
  return typeof category === 'string' ? category.trim() : '';
}

function inOrder(one: Block, other: Block): number {
  const [first, second] = [orderOf(one), orderOf(other)];
  if (first !== second) return first < second ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

function orderOf({ fields: { sortOrder } }: Block): number {
  return typeof sortOrder === 'number' ? sortOrder : Infinity;
}
