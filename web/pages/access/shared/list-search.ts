/** What stands in the address of a list: its filters, the item that is open, and what is being done with it. */
export interface ListSearch<Show extends string, Open extends string> {
  text?: string;
  show?: Show;
  /** The id of the item that is open. */
  item?: string;
  /** What is being done: with the item, or `new` for one that is not there yet. */
  open?: Open;
}

/** Reads the address of a list. What it does not know is left out; so is what is empty. */
export function listSearch<const Show extends string, const Open extends string>(
  shows: readonly Show[],
  opens: readonly Open[],
): (raw: Record<string, unknown>) => ListSearch<Show, Open> {
  return ({ text, show, item, open }) => {
    const knownShow = shows.find((one) => one === show);
    const knownOpen = opens.find((one) => one === open);
    return {
      ...(typeof text === 'string' && text !== '' && { text }),
      ...(knownShow !== undefined && { show: knownShow }),
      ...(typeof item === 'string' && item !== '' && { item }),
      ...(knownOpen !== undefined && { open: knownOpen }),
    };
  };
}

/** The items by name, as people sort, and by id where names are the same. */
export function byName<Item extends { id: string; name: string }>(items: readonly Item[]): Item[] {
  return items.toSorted(
    (one, other) => one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1),
  );
}
