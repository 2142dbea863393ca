import { setImmediate } from 'node:timers/promises';
import type { Execution } from './execution.ts';

const usualTurn = 50;

/**
 * A pause to be awaited between the items of long work: it waits only where a turn (milliseconds) has passed since the
 * last one, so that heartbeats, timers and other activities of the process go on. It throws the signal's reason.
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

/** All of what is made item by item, with pauses as {@link turnTaker} has them. Throws the signal's reason. */
export async function takingTurns<T>(
  items: Iterable<T>,
  execution: Pick<Execution, 'signal'>,
): Promise<T[]> {
  const taken: T[] = [];
  const pause = turnTaker(execution);
  for (const item of items) {
    taken.push(item);
    await pause();
  }
  return taken;
}
