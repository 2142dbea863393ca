/**
 * What a source yields, asked for up to `most` items before they are wanted: the source works while its reader does.
 * It begins at once. A reader who leaves waits until the source has done what it was asked for: end its work first.
 */
export function readAhead<T>(source: AsyncGenerator<T>, most: number): AsyncGenerator<T, void> {
  const asked: Promise<IteratorResult<T>>[] = [];
  function ask(): void {
    const next = source.next();
    // Told when its turn comes; nobody may wait for it any more.
    next.catch(() => undefined);
    asked.push(next);
  }
  for (let count = 0; count < most; count += 1) ask();

  return (async function* () {
    try {
      for (let next = asked.shift(); next !== undefined; next = asked.shift()) {
        ask();
        const result = await next;
        if (result.done === true) return;
        yield result.value;
      }
    } finally {
      await source.return(undefined).catch(() => undefined);
    }
  })();
}
