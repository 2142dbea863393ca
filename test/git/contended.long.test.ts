import { expect, onTestFinished, test } from 'vitest';
import { always, commit, outcomeOf, startBench, unbounded } from './deliveries.ts';

test('a push of somebody that is always faster makes the push contended after five attempts', async () => {
  const bench = await startBench();
  onTestFinished(() => bench.close());
  let count = 0;
  bench.server.beforePush = async () => {
    count += 1;
    await bench.repository.commit({ files: { theirs: String(count) } });
  };
  const delivery = bench.deliverer.deliver(bench.remote, always(commit({ a: '2' })), unbounded());
  await expect(delivery.then(outcomeOf)).rejects.toMatchObject({
    code: 'push_contended',
  });
  expect(count).toBe(5);
  expect(await bench.repository.log()).toHaveLength(5);
});
