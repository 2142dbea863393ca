/** The items in which every word of the filter occurs, whatever its case. `about` says what an item is found by. */
export function matching<Item>(
  items: readonly Item[],
  text: string | undefined,
  about: (item: Item) => (string | null)[],
): Item[] {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  return items.filter((item) => {
    const found = about(item).join('\n').toLowerCase();
    return words.every((word) => found.includes(word));
  });
}
