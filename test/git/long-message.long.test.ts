import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCommit } from '../support/raw-commit.ts';
import { findWithNewCache, sendBatch, startBench, type Bench } from './deliveries.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

test('a commit that says too much is not read, and may claim anything', async () => {
  const known = await sendBatch(bench, '1', 'batch-1');
  const { repository } = bench;
  const tree = (await repository.git(['rev-parse', `${known}^{tree}`])).toString().trim();
  const message = Buffer.alloc(65 * 1024 * 1024, 'x');
  const long = await writeCommit(repository, { tree, parents: [known], message });
  await repository.setBranch('main', long);
  const second = await sendBatch(bench, '2', 'batch-2');
  const recorded = (shas: readonly string[]) =>
    Promise.resolve(new Map(shas.includes(second) ? [[second, ['batch-2']]] : []));
  const { newer } = await findWithNewCache(bench, { knownSha: known, recorded });
  expect(newer).toMatchObject([
    { sha: second, recorded: ['batch-2'] },
    { sha: long, recorded: null, trailers: null },
  ]);
});
