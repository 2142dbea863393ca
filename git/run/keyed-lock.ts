/** For each key, runs one task at a time; others wait in order. */
export interface KeyedLock {
  /** Rejects with the signal's reason if it is aborted before the task's turn. */
  run<T>(key: string, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

/** Creates a lock within this process. Keys that nobody is waiting for take no memory. */
export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<void>>();
  return {
    async run(key, signal, task) {
      signal.throwIfAborted();
      const before = tails.get(key) ?? Promise.resolve();
      let release = (): void => undefined;
      const mine = new Promise<void>((resolve) => (release = resolve));
      // A caller that gives up must not let the next one in before those ahead of it are done.
      const tail = before.then(() => mine);
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      try {
        await orAborted(before, signal);
        return await task();
      } finally {
        release();
      }
    },
  };
}

async function orAborted(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([turn, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
