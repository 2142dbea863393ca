import { once } from 'node:events';
import { inspect } from 'node:util';
import { loadBench } from '../benches.ts';
import type { BenchMessage, BenchOrder } from './messages.ts';

/*
 * The process of one bench. It gets its order as its first message, tells each figure, and ends with code 1 if it failed.
 */

/** Resolves when the message was sent: a process that ends sends nothing more. */
function tell(message: BenchMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) throw new Error('`npm run bench` starts this.');
    process.send(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
}

const [order] = (await once(process, 'message')) as [BenchOrder];
// Nobody waits for it any more.
process.once('disconnect', () => process.exit(1));
try {
  const bench = await loadBench(order.name);
  for await (const figure of bench.measure(order.options)) await tell({ kind: 'figure', figure });
  await tell({ kind: 'done' });
  process.exitCode = 0;
} catch (error) {
  console.error(inspect(error));
  await tell({
    kind: 'failed',
    reason: error instanceof Error ? error.message : String(error),
  });
  process.exitCode = 1;
}
process.exit();
