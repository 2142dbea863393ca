import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which others get a turn. */
const turn = 20;

/**
 * A pause to await between the pieces of long work. It only waits if a turn has passed since the last one, and
 * then lets requests, timers and everything else of the process run.
 */
export function takingTurns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < turn) return;
    await setImmediate();
    began = performance.now();
  };
}
