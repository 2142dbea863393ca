import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCommit } from '../support/raw-commit.ts';
import {
  always,
  commit,
  newDeliverer,
  startBench,
  stream,
  unbounded,
  type Bench,
} from './deliveries.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

async function send(content: string, batch: string): Promise<string> {
  const planned = commit({ ours: content }, { batch });
  return (await bench.deliverer.deliver(bench.remote, always(planned), unbounded())).commits[0]!;
}

test('a commit that says too much is not read, and may claim anything', async () => {
  const known = await send('1', 'batch-1');
  const { repository, remote } = bench;
  const tree = (await repository.git(['rev-parse', `${known}^{tree}`])).toString().trim();
  const message = Buffer.alloc(65 * 1024 * 1024, 'x');
  const long = await writeCommit(repository, { tree, parents: [known], message });
  await repository.setBranch('main', long);
  const second = await send('2', 'batch-2');
  const recorded = (shas: readonly string[]) =>
    Promise.resolve(new Map(shas.includes(second) ? [[second, ['batch-2']]] : []));
  const fresh = await newDeliverer(bench.cacheDirectory);
  try {
    const { newer } = await fresh.withTip(
      remote,
      (tip) => tip.findStream(stream, known, recorded),
      unbounded(),
    );
    expect(newer).toMatchObject([
      { sha: second, recorded: ['batch-2'] },
      { sha: long, recorded: null, trailers: null },
    ]);
  } finally {
    await fresh.close();
  }
});
