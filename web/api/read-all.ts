/** How many items a page of the API has at most. */
const limit = 200;
/** The most pages of a list for people. */
const usualPages = 25;

/** All items of a list, at most 200 for each of so many pages, in the order of the API. `readPage` reads the page of a query. */
export async function readAll<Item>(
  readPage: (query: {
    limit: number;
    cursor?: string;
  }) => Promise<{ items: Item[]; nextCursor: string | null }>,
  mostPages = usualPages,
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
