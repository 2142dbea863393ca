import { setImmediate } from 'node:timers/promises';
import type { Execution } from './execution.ts';

const turn = 50;

/**
 * All of what is made item by item, with a pause every 50 ms: heartbeats, timers and other activities of the
 * worker go on meanwhile. Throws the signal's reason.
 */
export async function takingTurns<T>(
  items: Iterable<T>,
  { signal }: Pick<Execution, 'signal'>,
): Promise<T[]> {
  const taken: T[] = [];
  let began = performance.now();
  for (const item of items) {
    taken.push(item);
    if (performance.now() - began < turn) continue;
    await setImmediate();
    signal.throwIfAborted();
    began = performance.now();
  }
  return taken;
}
