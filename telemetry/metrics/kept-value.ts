import type { Kept } from '../../model/telemetry/kept.ts';
import { KeptFresh, type FreshnessOptions } from './kept-fresh.ts';

/**
 * Keeps what `read` reads for whoever asks: one reading at a time however many ask, and not more often than agreed. Asking
 * never rejects: what was read last is there with its age, and `onProblem` is told.
 */
export function keptValue<Value>(
  read: () => Promise<Value>,
  options: FreshnessOptions & { onProblem: (error: unknown) => void },
): () => Promise<Kept<Value>> {
  let last: Pick<Kept<Value>, 'value' | 'readAt'> = { value: null, readAt: null };
  const fresh = new KeptFresh(async () => {
    const readAt = new Date();
    const value = await read();
    last = { value, readAt };
  }, options);
  return async () => {
    const { up, age } = await fresh.keep();
    return { ...last, isFresh: up, age };
  };
}
