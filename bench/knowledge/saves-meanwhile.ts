import { measured, timed, type Measured } from '../measuring/statistics.ts';
import { saveEntry, type BenchSpace } from './bench-space.ts';

/**
 * How long saves of new entries take that are accepted, on connections of their own, while something else is done, in milliseconds. They begin
 * at an even pace, however long the one before takes.
 */
export async function savesDuring(
  { postgres }: BenchSpace,
  of: { name: string; perSecond: number; work: () => Promise<unknown> },
): Promise<Measured & { note: string }> {
  const saver = postgres.connect();
  const times: number[] = [];
  const pending: Promise<void>[] = [];
  const failures: unknown[] = [];
  const save = () => {
    const id = `saved-${of.name}-${pending.length}`;
    const path = `knowledge/customers/${id}.md`;
    const text = ['---', `id: ${id}`, `name: New ${id}`, '---', `# ${id}`, ''].join('\n');
    const one = timed(() => saveEntry(saver, { id, path, text, base: null }));
    pending.push(
      one.then(
        (time) => void times.push(time),
        (error: unknown) => void failures.push(error),
      ),
    );
  };
  save();
  const timer = setInterval(save, 1_000 / of.perSecond);
  try {
    await of.work();
  } finally {
    clearInterval(timer);
    await Promise.all(pending);
  }
  if (times.length === 0)
    throw new Error('No save was accepted.', { cause: new AggregateError(failures) });
  return { ...measured(times), note: `${failures.length} of ${pending.length} refused` };
}
