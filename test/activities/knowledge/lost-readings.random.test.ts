import { afterEach, expect, it } from 'vitest';
import { markSpace } from '../../../db/knowledge/spaces.ts';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { customers, lostReadings } from './lost-readings.ts';
import { jan, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const under = await spacesUnderTest();
const { space } = under;
const { findWorker, heldOf, loseWorkerAt, twinOf } = lostReadings(under);
const runs = randomRuns(2);

afterEach(findWorker);

it(
  `continues an interrupted reading, even if files were moved, changed and removed since: ${runs} runs from seed ${randomSeed}`,
  { timeout: runs * 60_000 },
  async () => {
    for (let seed = randomSeed; seed < randomSeed + runs; seed += 1)
      await loseAndGoOn(new SeededRandom(seed));
    expect(runs).toBeGreaterThan(0);
  },
);

/**
 * Reads a branch in steps, loses the worker at one of them, and reads on, possibly after another push; the result must
 * equal what a twin reads in one piece.
 */
async function loseAndGoOn(random: SeededRandom): Promise<void> {
  const files = new Map(Object.entries(customers(150 + random.below(100))));
  const of = await space(Object.fromEntries(files));
  if (random.oneIn(2)) await read(of);
  await pushSomething(of, files, random);
  await loseWorkerAt(random.of([...files.keys()]));
  const lost = await read(of).then(
    () => false,
    (error: unknown) => String(error).includes('The worker is gone'),
  );
  await findWorker();
  if (lost && random.oneIn(2)) await pushSomething(of, files, random);
  await read(of);
  const twin = await twinOf(of);
  await read(twin);
  expect(await heldOf(of)).toEqual(await heldOf(twin));
}

/** Reads the branch, however many of its entries are gone. */
async function read(of: SpaceUnderTest): ReturnType<SpaceUnderTest['sync']> {
  await markSpace(of.db, of.id, 'approve');
  return of.sync();
}

/** A commit that changes, moves, swaps, removes and adds files. */
async function pushSomething(
  of: SpaceUnderTest,
  files: Map<string, string>,
  random: SeededRandom,
): Promise<void> {
  const changes: Record<string, string | null> = {};
  const put = (path: string, text: string | null): void => {
    changes[path] = text;
    if (text === null) files.delete(path);
    else files.set(path, text);
  };
  for (let round = 0; round < 150; round += 1) {
    const [one, other] = [random.of([...files.keys()]), random.of([...files.keys()])];
    const [text, otherText] = [files.get(one)!, files.get(other)!];
    const roll = random.below(5);
    if (roll <= 1) put(one, `${text}Line ${random.below(1_000)}\n`);
    else if (roll === 2 && one !== other) {
      put(one, otherText);
      put(other, text);
    } else if (roll === 3) {
      put(one, null);
      put(`knowledge/customers/moved/${random.below(1_000_000)}.md`, text);
    } else if (roll === 4 && files.size > 100) put(one, null);
  }
  await of.repository.commit({ files: changes, author: jan, message: 'Many' });
}
