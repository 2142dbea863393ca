/** How many items a page of the API has at most. */
const limit = 200;
/** The most pages that are read: a list for people is not longer. */
const mostPages = 25;

/** All items of a list, at most 5,000, in the order of the API. `readPage` reads the page of a query. */
export async function readAll<Item>(
  readPage: (query: {
    limit: number;
    cursor?: string;
  }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, nextCursor }: { items: Item[]; nextCursor: string | null } = await readPage({
      limit,
      ...(cursor !== null && { cursor }),
    });
    all.push(...items);
    cursor = nextCursor;
    if (cursor === null) break;
  }
  return all;
}
