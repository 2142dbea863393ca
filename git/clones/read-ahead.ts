/**
 * Requests up to `most` items from a source before they are needed, so that the source and its
 * reader work at the same time. Starts at once. A reader that stops early waits until the source
 * has finished what was requested: end the source's work first.
 */
export function readAhead<T>(source: AsyncGenerator<T>, most: number): AsyncGenerator<T, void> {
  const asked: Promise<IteratorResult<T>>[] = [];
  function ask(): void {
    const next = source.next();
    // The error is reported when its turn comes; nobody may be waiting for it any more.
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
