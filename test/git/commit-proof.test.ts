import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyTree, isProven, type TreeChange } from '../../git/deliver/commit-proof.ts';
import { parseTrailers } from '../../git/deliver/trailers.ts';
import type { StreamTrailers } from '../../model/streams/commit.ts';
import { always, commit, startBench, unbounded, type Bench } from './deliveries.ts';

const key = new Uint8Array(32).fill(3);
let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(() => bench.close());

/** What a commit of the branch says, and what it did. */
async function madeBy(sha: string): Promise<{ trailers: StreamTrailers; change: TreeChange }> {
  const text = async (...args: string[]) => (await bench.repository.git(args)).toString().trim();
  const [parent] = (await text('log', '-1', '--format=%P', sha)).split(' ');
  const trailers = parseTrailers(await text('log', '-1', '--format=%B', sha));
  if (trailers === null) throw new Error('It has no trailers.');
  const before = parent === '' ? emptyTree : await text('rev-parse', `${parent ?? ''}^{tree}`);
  return { trailers, change: { before, after: await text('rev-parse', `${sha}^{tree}`) } };
}

test('each commit of a push proves what it did, whoever its author is, and the same plan gives the same ids', async () => {
  const { deliverer, remote, repository } = bench;
  const odd = { name: '...', email: '' };
  const plan = always(
    commit({ a: '1', 'dir/b': '1' }, { batch: 'b1', author: odd }),
    commit({ a: '1' }, { batch: 'b2' }),
    commit({ a: null, 'dir/b': '2' }, { batch: 'b3' }),
  );
  const { commits } = await deliverer.deliver({ ...remote, proofKey: key }, plan, unbounded());
  const [first = '', same, last = ''] = commits as string[];
  expect(same).toBe(first);
  for (const sha of [first, last]) {
    const { trailers, change } = await madeBy(sha);
    expect(isProven(key, trailers, change)).toBe(true);
    expect(isProven(new Uint8Array(32), trailers, change)).toBe(false);
    expect(isProven(key, { ...trailers, through: 2 }, change)).toBe(false);
    expect(isProven(key, trailers, { ...change, before: change.after })).toBe(false);
    expect(isProven(key, { ...trailers, proof: 'short' }, change)).toBe(false);
  }
  expect(await repository.files()).toEqual({ 'dir/b': '2' });
  expect((await repository.log()).map(({ author }) => author.name)).toEqual([
    'Ada Lovelace',
    '...',
  ]);
  await repository.check();

  await repository.deleteBranch();
  const again = await deliverer.deliver({ ...remote, proofKey: key }, plan, unbounded());
  expect(again.commits).toEqual(commits);
});

test('a commit for a remote without a key has no proof', async () => {
  const { deliverer, remote } = bench;
  const plain = await deliverer.deliver(remote, always(commit({ c: '2' })), unbounded());
  expect((await madeBy(plain.tip ?? '')).trailers).not.toHaveProperty('proof');
});
