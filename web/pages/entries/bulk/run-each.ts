/** What became of one of several. */
export type Outcome<Item> =
  | { item: Item; kind: 'done' }
  | { item: Item; kind: 'in_review' }
  | { item: Item; kind: 'failed'; error: Error };

/** How many requests are made at a time: a browser has six connections, and pages need some. */
const atOnce = 3;

/**
 * Does the same to several, a few at a time. One that fails does not stop the others. `act` returns whether it waits for a
 * review. Returns what became of each that was begun before `signal` said to stop, in their order.
 */
export async function runEach<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<{ isInReview: boolean }>,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (done: number) => void },
): Promise<Outcome<Item>[]> {
  const outcomes = new Map<number, Outcome<Item>>();
  let next = 0;
  const work = async () => {
    for (let at = next; at < items.length && !signal.aborted; at = next) {
      next = at + 1;
      const item = items[at] as Item;
      outcomes.set(at, await outcomeOf(item, act));
      onProgress(outcomes.size);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return [...outcomes].sort(([one], [other]) => one - other).map(([, outcome]) => outcome);
}

async function outcomeOf<Item>(
  item: Item,
  act: (item: Item) => Promise<{ isInReview: boolean }>,
): Promise<Outcome<Item>> {
  try {
    const { isInReview } = await act(item);
    return { item, kind: isInReview ? 'in_review' : 'done' };
  } catch (error) {
    return {
      item,
      kind: 'failed',
      error: error instanceof Error ? error : new Error(String(error)),
    };
  }
}
