import { setImmediate } from 'node:timers/promises';
import type { Execution } from './execution.ts';

const usualTurn = 50;

/**
 * A pause to await between the items of long work. It only waits if a turn (in milliseconds) has passed since the last
 * one, and lets heartbeats, timers and other activities of the process run. Throws the signal's reason.
 */
export function turnTaker(
  { signal }: Pick<Execution, 'signal'>,
  turn = usualTurn,
): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < turn) return;
    await setImmediate();
    signal.throwIfAborted();
    began = performance.now();
  };
}

/** Collects all items, with pauses in between as in {@link turnTaker}. Throws the signal's reason. */
export async function takingTurns<T>(
  items: Iterable<T>,
  execution: Pick<Execution, 'signal'>,
): Promise<T[]> {
  return (await takingAll(items, execution)).taken;
}

/** Like {@link takingTurns}, but also with what the iterator returns at the end. */
export async function takingAll<T, Returned>(
  items: Iterable<T, Returned>,
  execution: Pick<Execution, 'signal'>,
): Promise<{ taken: T[]; returned: Returned }> {
  const taken: T[] = [];
  const pause = turnTaker(execution);
  const iterator = items[Symbol.iterator]();
  for (;;) {
    const next = iterator.next();
    if (next.done === true) return { taken, returned: next.value };
    taken.push(next.value);
    await pause();
  }
}
